import { expect, test } from 'vitest';
import { pathTranslator } from '../../../clients/pods/path-translation.ts';

const translate = pathTranslator([
  { inside: '/aws', outside: '/state/creds' },
  { inside: '/aws/deep/', outside: '/state/deep' },
  { inside: '/recon', outside: '/tmp/$&/recon' },
  { inside: '/tmp', outside: '/state/tmp' },
  { inside: '/dev/termination-log', outside: '/state/scan.message' },
]);

test.each([
  ['/aws', '/state/creds'],
  ['/aws/creds', '/state/creds/creds'],
  ['/aws/deep/x', '/state/deep/x'],
  ['/aws/deeper', '/state/creds/deeper'],
  ['/recon2', '/recon2'],
  ['/recon.json', '/recon.json'],
  ['/recon', '/tmp/$&/recon'],
  ['/recon/tmp', '/tmp/$&/recon/tmp'],
  ['--output=/recon/a,/aws/b', '--output=/tmp/$&/recon/a,/state/creds/b'],
  ['/tmp:/aws:/usr', '/state/tmp:/state/creds:/usr'],
  ['/dev/termination-log', '/state/scan.message'],
  ['s3://bucket/aws', 's3://bucket/aws'],
  ['https://host/recon', 'https://host/recon'],
  ['cat /aws/creds', 'cat /aws/creds'],
  ['arn:aws:iam::123456789012:role/aws', 'arn:aws:iam::123456789012:role/aws'],
  ['"\n<script>${x}', '"\n<script>${x}'],
  ['', ''],
])('%j becomes %j', (value, expected) => {
  expect(translate(value)).toBe(expected);
});

test('without roots, and with the root directory as one, nothing is translated', () => {
  expect(pathTranslator([])('/aws')).toBe('/aws');
  expect(pathTranslator([{ inside: '/', outside: '/state' }])('/aws')).toBe('/aws');
});
