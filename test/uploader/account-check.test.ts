// Whose report is it: inventories name their account in each element, other reports may name theirs.
import { expect, test } from 'vitest';
import { isPlainInventory, ReportCheck } from '../../uploader/account-check.ts';

const mine = '012345678901';
const other = '999988887777';

const problemOf = (kind: string, text: string, size = 7): string | undefined => {
  const check = new ReportCheck(kind, mine);
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) if (!check.write(bytes.subarray(from, from + size))) break;
  return check.end();
};

test.each([
  '[]',
  ' [ ] \n',
  `[{"account":"${mine}"}]`,
  `[\n{"account" : "${mine}" , "a":[{"account":"${other}"}]},\n{"b":{"account":"${other}"},"account":"${mine}"}\n]\n`,
  '[{"account":12345678901}]',
  `[{"\\u0061ccount":"${mine}"}]`,
  `[{"account":"${mine}","__proto__":{"account":"${other}"}}]`,
  `[{"account":"${mine}","x":"${'y'.repeat(1_000)}"}]`,
])('an inventory like %j is accepted', text => {
  expect(problemOf('recon', text)).toBeUndefined();
  expect(problemOf('recon', text, 1)).toBeUndefined();
});

test.each([
  [`[{"account":"${other}"}]`, `its account of element 0 is "${other}", not ${mine}`],
  [`[{"account":"${mine}"},{"account":"${other}"}]`, `its account of element 1 is "${other}", not ${mine}`],
  [`[{"account":"${mine}","account":"${other}"}]`, `its account of element 0 is "${other}", not ${mine}`],
  [`[{"\\u0061ccount":"${other}"}]`, `its account of element 0 is "${other}", not ${mine}`],
  ['[{"account":123}]', `its account of element 0 is 123, not ${mine}`],
  ['[{"account":null}]', `its account of element 0 is null, not ${mine}`],
  [`[{"account":["${mine}"]}]`, `its account of element 0 is no plain value, not ${mine}`],
  [`[{"account":"${'9'.repeat(1_000)}"}]`, `its account of element 0 is no plain value, not ${mine}`],
  [`[{"account":"${mine}"},{"service":"EC2"}]`, 'its element 1 names no account'],
  ['[{}]', 'its element 0 names no account'],
  ['[[]]', 'its element 0 is not an object'],
  [`[{"account":"${mine}"},7]`, 'its element 1 is not an object'],
  ['[null]', 'its element 0 is not an object'],
  [`{"account":"${mine}"}`, 'it is not an array of resources'],
  ['42', 'it is not an array of resources'],
  [`{"account":"${mine}"}\n{"account":"${mine}"}\n`, 'it is not an array of resources'],
  [`[{"account":"${mine}"}`, 'it is cut off: the JSON is not complete after 27 bytes'],
])('the inventory %j is rejected: %s', (text, problem) => {
  expect(problemOf('recon', text)).toBe(problem);
  expect(problemOf('recon', text, 1)).toBe(problem);
  expect(isPlainInventory(Buffer.from(text), mine)).toBe(false);
});

test.each([
  ['[]', true],
  [`[{"account":"${mine}"},{"account":"${mine}","a":1}]`, true],
  [`[{"account":"${other}","account":"${mine}"}]`, true],
  ['[{"account":12345678901}]', false],
  [`[{"__proto__":{"account":"${mine}"}}]`, false],
  [`[{"account":"${mine}"}] x`, false],
  [Buffer.from(`[{"account":"${mine}","x":"\xff"}]`, 'latin1'), false],
])('the short way says of %s: %s, and the long one agrees to what it accepts', (text, isPlain) => {
  expect(isPlainInventory(Buffer.from(text), mine)).toBe(isPlain);
  if (isPlain) expect(problemOf('recon', String(text))).toBeUndefined();
});

test.each([
  '42',
  '"text"',
  '{}',
  '[1,{"account":null},[{"account":"999988887777"}],"account"]',
  `[{"account_id":"${mine}"},{"b":{"account_id":"${other}"}},{}]`,
  `{"account":"${mine}"}`,
  `{"account_id":"${mine}","accountId":12345678901}`,
  '{"account":null}',
  `{"account":{"id":"${other}"}}`,
  `{"nested":{"account":"${other}"}}`,
])('another report like %j is accepted', text => {
  expect(problemOf('drift', text)).toBeUndefined();
});

test.each(['account', 'account_id', 'accountId'])('another report whose %s is another one’s is rejected', name => {
  expect(problemOf('drift', `{"a":[1],"${name}":"${other}"}`)).toBe(`its ${name} is "${other}", not ${mine}`);
  expect(problemOf('drift', `{"${name}":"${other}","a":[1]}`)).toBe(`its ${name} is "${other}", not ${mine}`);
});

test.each([
  [`[{"account_id":"${other}"}]`, 'account_id of element 0'],
  [`[1,[2,3],{},{"a":[1],"account":"${other}"}]`, 'account of element 3'],
  [`[{"accountId":"${mine}"},{"accountId":"${other}","b":1}]`, 'accountId of element 1'],
])('another report whose elements are another one’s is rejected: %s', (text, where) => {
  expect(problemOf('drift', text)).toBe(`its ${where} is "${other}", not ${mine}`);
  expect(problemOf('drift', text, 1)).toBe(`its ${where} is "${other}", not ${mine}`);
});
