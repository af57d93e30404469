// The credentials file: its form, and what never gets into it.
import { expect, test } from 'vitest';
import { renderCredentials } from '../../../runner/assume/credentials-file.ts';

const session = { accessKeyId: 'ASIAX', secretAccessKey: 's/e+c=', sessionToken: 't//==', expiresAt: '' };

test('the file has one setting per line and ends with a line break', () => {
  expect(renderCredentials(session)).toBe(
    '[default]\naws_access_key_id = ASIAX\naws_secret_access_key = s/e+c=\naws_session_token = t//==\n',
  );
});

test.each(['', 'a\ncredential_process = /bin/sh', 'a\r', 'a b', 'ä'])('a value like %j is refused', value => {
  expect(() => renderCredentials({ ...session, sessionToken: value })).toThrow('credentials that are empty');
});
