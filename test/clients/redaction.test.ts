// Secrets are recognised by their form, wherever they stand in a text.
import { expect, test } from 'vitest';
import { redactText } from '../../clients/redaction.ts';

const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const token = 'QoGZXIvYXdzEA'.padEnd(200, 'x');

test.each([
  ['a long-term key id', 'AKIAIOSFODNN7EXAMPLE'],
  ['a session’s key id', 'ASIAIOSFODNN7EXAMPLE'],
  ['a credentials file', `aws_secret_access_key = ${secretKey}`],
  ['an environment', `AWS_SECRET_ACCESS_KEY=${secretKey}`],
  ['JSON', `{"SecretAccessKey":"${secretKey}"}`],
  ['a session token of the older form', `F${token}`],
  ['a session token in JSON', `{"sessionToken": "IQoJb3JpZ2luX2Vj${token}"}`],
  ['a web identity token', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJl'],
  ['a header', 'authorization: Bearer abcdefghijklmnop'],
  ['a URL', 'https://user:p4ssw0rd@example.com/x'],
])('%s keeps its secret', (_name, text) => {
  const clean = redactText(`before ${text} after`);
  expect(clean).toContain('[redacted]');
  expect(clean).toMatch(/^before .* after$/);
  for (const secret of [secretKey, token, 'IOSFODNN7EXAMPLE', 'c2lnbmF0dXJl', 'abcdefghijklmnop', 'p4ssw0rd']) {
    expect(clean).not.toContain(secret);
  }
});

test.each([
  'arn:aws:iam::123456789012:role/managed/inventory',
  'AROAEXAMPLEEXAMPLE123:inventory',
  'a10e2fff2808720acf7daa178b4247214a986736304c06c8e199ab4d512949cd',
  'https://sts.eu-west-1.amazonaws.com/',
])('%s is no secret', text => {
  expect(redactText(text)).toBe(text);
});

test('given values are removed everywhere, unless they are too short to be one', () => {
  expect(redactText('a hunter2-hunter2 b hunter2-hunter2', ['hunter2-hunter2', 'a', ''])).toBe(
    'a [redacted] b [redacted]',
  );
});
