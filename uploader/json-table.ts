// JSON's grammar (RFC 8259) as a table, state × byte → state or action: what the scan of a report does for each byte.

/** States. Each string has its own 13, the literals have 10 and the numbers 8; those are numbered from these bases. */
export const state = {
  /** A value must come; where every text begins. */
  value: 0,
  /** After `[`: a value or `]`. */
  firstElement: 1,
  /** After `{`: a name or `}`. */
  firstName: 2,
  /** After a comma in an object. */
  name: 3,
  /** After a name: its colon must come. */
  afterName: 4,
  /** After a value: a comma, a closing bracket, or the end of the text. */
  after: 5,
  nameString: 6,
  valueString: 19,
  literals: 32,
  minus: 42,
  point: 43,
  exponent: 44,
  exponentSign: 45,
  /** From here on: numbers that may end where they are. */
  zero: 46,
  integer: 47,
  fraction: 48,
  exponentDigits: 49,
} as const;

/** What the table cannot decide alone, because it depends on the brackets that are open. */
export const action = {
  openObject: 240,
  closeObject: 241,
  openArray: 242,
  closeArray: 243,
  colon: 244,
  comma: 245,
  error: 255,
} as const;
export const firstAction = action.openObject;
export const firstFinalNumber = state.zero;

/** On one of these characters, or on a byte from the first to the second: go there. */
type Transition = readonly [bytes: string | readonly [number, number], next: number];

type StateRow = readonly [from: number, transitions: readonly Transition[]];

const space = ' \t\n\r';
const digits = [0x30, 0x39] as const;

const structure: readonly StateRow[] = [
  [state.firstElement, [[']', action.closeArray]]],
  [
    state.firstName,
    [
      [space, state.firstName],
      ['"', state.nameString],
      ['}', action.closeObject],
    ],
  ],
  [
    state.name,
    [
      [space, state.name],
      ['"', state.nameString],
    ],
  ],
  [
    state.afterName,
    [
      [space, state.afterName],
      [':', action.colon],
    ],
  ],
  [
    state.minus,
    [
      [digits, state.integer],
      ['0', state.zero],
    ],
  ],
  [state.point, [[digits, state.fraction]]],
  [
    state.exponent,
    [
      [digits, state.exponentDigits],
      ['+-', state.exponentSign],
    ],
  ],
  [state.exponentSign, [[digits, state.exponentDigits]]],
  [
    state.zero,
    [
      ['.', state.point],
      ['eE', state.exponent],
    ],
  ],
  [
    state.integer,
    [
      [digits, state.integer],
      ['.', state.point],
      ['eE', state.exponent],
    ],
  ],
  [
    state.fraction,
    [
      [digits, state.fraction],
      ['eE', state.exponent],
    ],
  ],
  [state.exponentDigits, [[digits, state.exponentDigits]]],
];

const valueStart = (itself: number): readonly Transition[] => [
  [space, itself],
  ['"', state.valueString],
  ['{', action.openObject],
  ['[', action.openArray],
  ['-', state.minus],
  [digits, state.integer],
  ['0', state.zero],
];

const valueEnd: readonly Transition[] = [
  [space, state.after],
  [',', action.comma],
  ['}', action.closeObject],
  [']', action.closeArray],
];

const escapeStates = (plain: number): readonly StateRow[] => {
  const hex = plain + 2;
  const hexDigit = (next: number): readonly Transition[] => [
    [digits, next],
    [[0x61, 0x66], next],
    [[0x41, 0x46], next],
  ];
  return [
    [plain, [['\\', plain + 1]]],
    [plain + 1, [['"\\/bfnrt', plain]]],
    [plain + 1, [['u', hex]]],
    [hex, hexDigit(hex + 1)],
    [hex + 1, hexDigit(hex + 2)],
    [hex + 2, hexDigit(hex + 3)],
    [hex + 3, hexDigit(plain)],
  ];
};

/** Characters of two to four bytes: neither longer forms than needed, nor surrogates, nor anything above U+10FFFF. */
const characterStates = (plain: number): readonly StateRow[] => {
  const [last, two, three] = [plain + 6, plain + 7, plain + 8];
  const [afterE0, afterEd, afterF0, afterF4] = [plain + 9, plain + 10, plain + 11, plain + 12];
  return [
    [plain, [[[0xc2, 0xdf], last]]],
    [plain, [[[0xe0, 0xe0], afterE0]]],
    [plain, [[[0xe1, 0xef], two]]],
    [plain, [[[0xed, 0xed], afterEd]]],
    [plain, [[[0xf0, 0xf0], afterF0]]],
    [plain, [[[0xf1, 0xf3], three]]],
    [plain, [[[0xf4, 0xf4], afterF4]]],
    [last, [[[0x80, 0xbf], plain]]],
    [two, [[[0x80, 0xbf], last]]],
    [three, [[[0x80, 0xbf], two]]],
    [afterE0, [[[0xa0, 0xbf], last]]],
    [afterEd, [[[0x80, 0x9f], last]]],
    [afterF0, [[[0x90, 0xbf], two]]],
    [afterF4, [[[0x80, 0x8f], two]]],
  ];
};

/** A string from its opening quote to the state `after` its closing one. */
const stringStates = (plain: number, after: number): readonly StateRow[] => [
  [plain, [[[0x20, 0x7f], plain]]],
  [plain, [['"', after]]],
  ...escapeStates(plain),
  ...characterStates(plain),
];

/** true, false and null, letter by letter. */
const literalStates = (starts: readonly number[]): readonly StateRow[] => {
  const rows: StateRow[] = [];
  let next: number = state.literals;
  for (const [first = '', ...rest] of ['true', 'false', 'null']) {
    for (const start of starts) rows.push([start, [[first, next]]]);
    for (const letter of rest.slice(0, -1)) {
      rows.push([next, [[letter, next + 1]]]);
      next += 1;
    }
    rows.push([next, [[rest.at(-1) ?? '', state.after]]]);
    next += 1;
  }
  return rows;
};

/** Later rows overrule earlier ones for the bytes that they name. */
const rows: readonly StateRow[] = [
  ...[state.value, state.firstElement].map((start): StateRow => [start, valueStart(start)]),
  ...[state.after, state.zero, state.integer, state.fraction, state.exponentDigits].map(
    (end): StateRow => [end, valueEnd],
  ),
  ...structure,
  ...literalStates([state.value, state.firstElement]),
  ...stringStates(state.nameString, state.afterName),
  ...stringStates(state.valueString, state.after),
];

const buildTable = (): Uint8Array => {
  const table = new Uint8Array((state.exponentDigits + 1) << 8).fill(action.error);
  for (const [from, transitions] of rows) {
    const row = from << 8;
    for (const [bytes, next] of transitions) {
      if (typeof bytes === 'string') for (const byte of Buffer.from(bytes)) table[row | byte] = next;
      else table.fill(next, row | bytes[0], (row | bytes[1]) + 1);
    }
  }
  return table;
};

/** Index it with `(state << 8) | byte`. */
export const jsonTable = buildTable();
