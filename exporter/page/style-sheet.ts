// The one style sheet, under an address that changes with it, so that browsers may keep it for good.
import { createHash } from 'node:crypto';
import { ground } from './style/ground.ts';
import { pieces } from './style/pieces.ts';
import { surroundings } from './style/surroundings.ts';
import { tables } from './style/tables.ts';

export const styleSheet = [ground, pieces, tables, surroundings].join('\n');

const hash = createHash('sha256').update(styleSheet).digest('hex').slice(0, 16);

export const styleAddress = `/page/${hash}.css`;
export const styleTag = `"${hash}"`;
