// The written forms of a provider's attributes as what instances are completed by. Pure.
import type { AttributeForm, AttributeForms } from './complete-attributes.ts';

const primitives: Readonly<Record<string, AttributeForm>> = { s: 'string', n: 'number', b: 'bool', d: 'dynamic' };

interface Cursor {
  readonly text: string;
  at: number;
}

const take = (cursor: Cursor, expected: string): void => {
  if (cursor.text[cursor.at] !== expected) throw new Error(`no form: ${cursor.text.slice(cursor.at, cursor.at + 20)}`);
  cursor.at += 1;
};

const readMembers = (cursor: Cursor): AttributeForms => {
  const members: Record<string, AttributeForm> = {};
  take(cursor, '{');
  while (cursor.text[cursor.at] !== '}') {
    const end = cursor.text.indexOf(':', cursor.at);
    const name = cursor.text.slice(cursor.at, end);
    cursor.at = end + 1;
    members[name] = readForm(cursor);
    if (cursor.text[cursor.at] === ',') cursor.at += 1;
  }
  take(cursor, '}');
  return members;
};

const readForm = (cursor: Cursor): AttributeForm => {
  const sign = cursor.text[cursor.at] ?? '';
  if (sign === '{') return ['object', readMembers(cursor)];
  cursor.at += 1;
  const primitive = primitives[sign];
  if (primitive !== undefined) return primitive;
  const inner = readForm(cursor);
  take(cursor, sign === '[' ? ']' : '>');
  return [sign === '[' ? 'list' : 'map', inner];
};

/** Lines of `aws_vpc {arn:s,tags:<s>,…}` by type: s text, n number, b truth, d any, [list or set], <map>, {object}. */
export const readForms = (lines: string): Readonly<Record<string, AttributeForms>> =>
  Object.fromEntries(
    lines
      .trim()
      .split('\n')
      .map(line => {
        const cut = line.indexOf(' ');
        return [line.slice(0, cut), readMembers({ text: line.slice(cut + 1), at: 0 })];
      }),
  );
