// Between the inventory and the tools that follow it: which types could be seen where.
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type Cell, cellRowSchema, unfoldCells } from '../../contract/scan-report.ts';

/** Throws when the file is not what scan writes. */
export const readCells = async (path: string): Promise<Cell[]> =>
  unfoldCells(z.array(cellRowSchema).parse(JSON.parse(await readFile(path, 'utf8'))));
