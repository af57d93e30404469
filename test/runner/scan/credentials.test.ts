// Whose credentials the scan uses: the file's, and nothing else's.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderRefusal } from '../../../contract/drift/state-refusal.ts';
import {
  isKeptFresh,
  parseSection,
  readStateCredentials,
  readTargetCredentials,
  refuseForeignIdentities,
  rereadCredentials,
} from '../../../runner/scan/credentials.ts';
import { makeDirectory } from '../../setup/run-container.ts';

let place: Awaited<ReturnType<typeof makeDirectory>>;
beforeAll(async () => {
  place = await makeDirectory();
});
afterAll(() => place.remove());

describe('the credentials file', () => {
  it('gives what stands in its section alone', () => {
    const text =
      '; c\n[other]\naws_access_key_id = no\n[ default ]\r\naws_access_key_id=AKIA\n aws_session_token = a=b==\n[x]\na = b\n';
    expect(parseSection(text, 'default')).toEqual({ aws_access_key_id: 'AKIA', aws_session_token: 'a=b==' });
  });

  it.each([
    ['missing', undefined, /ENOENT/],
    ['empty', '', /no \[default\] section/],
    ['of another profile', '[a]\naws_access_key_id = k\naws_secret_access_key = s3cr3t\n', /no \[default\] section/],
  ])('that is %s is refused, and never quoted', async (_case, text, reason) => {
    const path = join(place.directory, 'creds');
    if (text !== undefined) await writeFile(path, text);
    const refused = readTargetCredentials(path);
    await expect(refused).rejects.toMatchObject({ code: 'no-credentials', message: expect.stringMatching(reason) });
    await expect(refused).rejects.not.toThrow(/s3cr3t/);
  });
});

describe('a file that a sidecar keeps fresh', () => {
  const address = { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9911/' };

  it.each([
    ['of the pod itself', address, true],
    ['beside a file that is read once', { ...address, AWS_SHARED_CREDENTIALS_FILE: '/aws/creds' }, false],
    ['of another machine', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials' }, false],
    ['that begins like one of the pod', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://localhost.example.com/' }, false],
    ['that is not there', {}, false],
  ])('is told by an address %s', (_what, environment, expected) => {
    expect(isKeptFresh(environment)).toBe(expected);
    const refuse = () => refuseForeignIdentities(environment);
    if (expected) expect(refuse).not.toThrow();
    else if ('AWS_CONTAINER_CREDENTIALS_FULL_URI' in environment) expect(refuse).toThrow(/another AWS identity/);
  });

  it('is read again, and what it gave seems to end soon', async () => {
    const path = join(place.directory, 'fresh');
    const write = (key: string) =>
      writeFile(path, `[default]\naws_access_key_id = ${key}\naws_secret_access_key = s\n`);
    const read = rereadCredentials(() => readTargetCredentials(path));
    await write('ASIA1');
    const first = await read();
    expect(first).toMatchObject({ accessKeyId: 'ASIA1', expiration: expect.any(Date) });
    expect(first.expiration.getTime() - Date.now()).toBeLessThanOrEqual(10 * 60_000);
    await write('ASIA2');
    expect(await read()).toMatchObject({ accessKeyId: 'ASIA2' });
  });
});

describe('the session for the states', () => {
  const own = '[default]\naws_access_key_id = A\naws_secret_access_key = B\n';
  const fileWith = async (text: string): Promise<string> => {
    const path = join(place.directory, 'states');
    await writeFile(path, `${own}${text}`);
    return path;
  };

  it('stands in its own section', async () => {
    const path = await fileWith('[state]\naws_access_key_id = C\naws_secret_access_key = D\naws_session_token = E\n');
    expect(await readStateCredentials(path)).toEqual({ accessKeyId: 'C', secretAccessKey: 'D', sessionToken: 'E' });
    expect(await readTargetCredentials(path)).toEqual({ accessKeyId: 'A', secretAccessKey: 'B' });
  });

  it('was refused as assume was told', async () => {
    const refusal = {
      code: 'state-role-refused',
      message: 'not assumed: [x] = "y"; AccessDenied',
      remedy: 'ask',
    } as const;
    const path = await fileWith(`[state-refused]\nrefusal = ${renderRefusal(refusal)}\n`);
    await expect(readStateCredentials(path)).rejects.toMatchObject(refusal);
    expect(await readTargetCredentials(path)).toEqual({ accessKeyId: 'A', secretAccessKey: 'B' });
  });

  it.each([
    '',
    '[state]\naws_access_key_id = C\n',
    '[state-refused]\nrefusal = x\n',
    '[state-refused]\nrefusal = e30\n',
  ])('is never the account’s own instead: %j', async text => {
    await expect(readStateCredentials(await fileWith(text))).rejects.toMatchObject({
      code: 'no-credentials',
      message: expect.stringContaining('no [state] section'),
    });
  });
});

describe('an environment', () => {
  it.each([
    'AWS_ACCESS_KEY_ID',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ])('with %s is refused by its name, without its value', name => {
    expect(() => refuseForeignIdentities({ [name]: 'value-of-it' })).toThrow(name);
    expect(() => refuseForeignIdentities({ [name]: 'value-of-it' })).not.toThrow('value-of-it');
    expect(() => refuseForeignIdentities({ [name]: '' })).not.toThrow();
  });
});
