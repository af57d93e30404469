import { expect, it } from 'vitest';
import { readEncryptionSettings, referenceIn } from '../../../clients/states/encryption-settings.ts';

const hcl = `
/* written by
   hand */
key_provider "pbkdf2" "a" {
  passphrase = "quo\\"te{}#//" // not a comment inside
  iterations = 600000
  chain      = key_provider.aws_kms.b
}
key_provider "aws_kms" "b" {
  kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/k"
  endpoints { kms = "https://kms.example.com" }
  skip_credentials_validation = true
}
method "aes_gcm" "m" { keys = key_provider.pbkdf2.a }
state { method = method.aes_gcm.m }
`;

const json = JSON.stringify({
  key_provider: {
    pbkdf2: { a: { passphrase: 'quo"te{}#//', iterations: 600000, chain: '${key_provider.aws_kms.b}' } },
    aws_kms: [
      {
        b: {
          kms_key_id: 'arn:aws:kms:eu-west-1:123456789012:key/k',
          endpoints: { kms: 'https://kms.example.com' },
          skip_credentials_validation: true,
        },
      },
    ],
  },
  method: { aes_gcm: { m: { keys: '${key_provider.pbkdf2.a}' } } },
});

it.each([
  ['its own language', hcl],
  ['JSON', json],
])('settings in %s say the same', (_name, source) => {
  expect(readEncryptionSettings(source)).toEqual({
    keyProviders: [
      {
        address: 'key_provider.pbkdf2.a',
        type: 'pbkdf2',
        attributes: { passphrase: 'quo"te{}#//', iterations: 600000, chain: '${key_provider.aws_kms.b}' },
      },
      {
        address: 'key_provider.aws_kms.b',
        type: 'aws_kms',
        attributes: {
          kms_key_id: 'arn:aws:kms:eu-west-1:123456789012:key/k',
          endpoints: { kms: 'https://kms.example.com' },
          skip_credentials_validation: true,
        },
      },
    ],
    bound: [],
  });
});

it.each(['key_provider "a', 'a = file("x")', 'a = [1', '"a" {', '{', '[]', '7'])('%j is refused', source => {
  expect(() => readEncryptionSettings(source)).toThrow(SyntaxError);
});

it.each([
  ['${var.passphrase}', 'var.passphrase'],
  ['${ key_provider.aws_kms.b }', 'key_provider.aws_kms.b'],
  ['passphrase', undefined],
  ['a${var.b}', undefined],
  [7, undefined],
])('%j refers to %j', (value, reference) => {
  expect(referenceIn(value)).toBe(reference);
});
