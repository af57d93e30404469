// The scan of a report: accepts what JSON.parse accepts, byte for byte, however the text is cut.
import { expect, test } from 'vitest';
import { JsonScan } from '../../uploader/json-scan.ts';

const isWhole = (bytes: Buffer, cuts: readonly number[] = []): boolean => {
  const scan = new JsonScan(() => {});
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    if (!scan.write(bytes.subarray(from, cut))) return false;
    from = cut;
  }
  return scan.end();
};

const problemOf = (text: string | Buffer): string | undefined => {
  const scan = new JsonScan(() => {});
  if (scan.write(Buffer.from(text))) scan.end();
  return scan.problem;
};

/** The same numbers on every machine: a failure can be looked at again. */
const randomNumbers = (seed: number) => {
  let current = seed;
  return (below: number): number => {
    current ^= current << 13;
    current ^= current >>> 17;
    current ^= current << 5;
    return (current >>> 0) % below;
  };
};

const texts = [
  '[]',
  '{}',
  '[{"account":"1","a":[1,2,{"b":null}]},\n{"x":-0.5e+10,"y":"\\u00e4ö\\n😀","z":true,"f":false}]',
  ' "a" ',
  '12',
  '-1.5E-3',
  '{"__proto__":{"a":1}}',
  '[[[[]]],{}]',
];
const replacements = Buffer.from('{}[]:,"\\ \n\t01-.eE+tfnulrasö😀\x00\x1f\x7f/');

test('of 50,000 damaged texts it accepts exactly those that JSON.parse accepts', () => {
  const random = randomNumbers(123_456_789);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const wrong: string[] = [];
  let accepted = 0;
  for (let round = 0; round < 50_000; round += 1) {
    const bytes = [...Buffer.from(texts[random(texts.length)] ?? '')];
    for (let change = random(4); change > 0; change -= 1) {
      const place = random(bytes.length + 1);
      const byte = random(5) > 0 ? (replacements[random(replacements.length)] ?? 0) : random(256);
      bytes.splice(place, random(2), ...(random(3) > 0 ? [byte] : []));
    }
    const buffer = Buffer.from(bytes);
    let expected = true;
    try {
      JSON.parse(decoder.decode(buffer));
    } catch {
      expected = false;
    }
    if (expected) accepted += 1;
    if (isWhole(buffer, [random(buffer.length + 1)]) !== expected)
      wrong.push(JSON.stringify(buffer.toString('latin1')));
  }
  expect(wrong).toEqual([]);
  expect(accepted).toBeGreaterThan(5_000);
  expect(accepted).toBeLessThan(45_000);
});

test('a text may be cut anywhere, also within a character', () => {
  for (const text of texts) {
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut += 1) expect(isWhole(bytes, [cut])).toBe(true);
    expect(isWhole(bytes, [...bytes.keys()])).toBe(true);
  }
});

test.each([
  ['', 'it is empty'],
  [' \n', 'it is empty'],
  ['[{"a":1},', 'it is cut off: the JSON is not complete after 9 bytes'],
  ['{"a":NaN}', 'it is not JSON: unexpected "N" at byte 5'],
  ['[1] x', 'it is not JSON: unexpected "x" at byte 4'],
  ['[]\n[]', 'it is not JSON: unexpected "[" at byte 3'],
  ['{"a":1,}', 'it is not JSON: unexpected "}" at byte 7'],
  ['[1}', 'it is not JSON: unexpected "}" at byte 2'],
  ['["a\nb"]', 'it is not JSON: unexpected 0x0a at byte 3'],
  [Buffer.from('["\xff"]', 'latin1'), 'it is not JSON: unexpected 0xff at byte 2'],
])('%j: %s', (text, problem) => {
  expect(problemOf(text)).toBe(problem);
});

test('ten million opening brackets are read in little memory', () => {
  const scan = new JsonScan(() => {});
  const before = process.memoryUsage().rss;
  const piece = Buffer.alloc(1_000_000, '[');
  for (let round = 0; round < 10; round += 1) expect(scan.write(piece)).toBe(true);
  expect(scan.end()).toBe(false);
  expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
});

test('the outer marks are told with the text before them', () => {
  const seen: unknown[] = [];
  const scan: JsonScan = new JsonScan((mark, depth) => seen.push([mark, depth, scan.text]));
  scan.write(Buffer.from('[{"na'));
  scan.write(Buffer.from('me" : [[1]], "b":2 }]'));
  expect(scan.end()).toBe(true);
  expect(seen).toEqual([
    ['[', 0, ''],
    ['{', 1, ''],
    [':', 2, '"name" '],
    ['[', 2, ' '],
    [']', 2, '[1]'],
    [',', 2, ''],
    [':', 2, ' "b"'],
    ['}', 1, '2 '],
    [']', 0, ''],
  ]);
});

test('a text that is too long to be of interest is not kept', () => {
  const seen: (string | undefined)[] = [];
  const scan: JsonScan = new JsonScan(() => seen.push(scan.text));
  for (const piece of ['["', ...Array.from({ length: 300 }, () => 'x'), '","y"]']) scan.write(Buffer.from(piece));
  expect(scan.end()).toBe(true);
  expect(seen).toEqual(['', undefined, '"y"']);
});
