// Whose credentials read the states, by driftctl's own variables for them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readAwsConnection } from '../../../clients/aws/connection.ts';
import { readStateConnection } from '../../../clients/aws/state-connection.ts';
import { ownDirectory } from '../driftctl/fake-driftctl.ts';

const own = {
  ...readAwsConnection({}, 'eu-west-1'),
  credentials: { accessKeyId: 'own', secretAccessKey: 'own-secret' },
};

describe('the states', () => {
  it('are read as everything else where nothing else is said', () => {
    expect(readStateConnection({}, own)).toMatchObject({ region: 'eu-west-1', credentials: own.credentials });
    expect(readStateConnection({ DCTL_S3_ACCESS_KEY_ID: '' }, own)).toMatchObject({ credentials: own.credentials });
  });

  it('have keys of their own', () => {
    const keys = { DCTL_S3_ACCESS_KEY_ID: 'a', DCTL_S3_SECRET_ACCESS_KEY: 'b' };
    expect(readStateConnection(keys, own).credentials).toEqual({ accessKeyId: 'a', secretAccessKey: 'b' });
    expect(readStateConnection({ ...keys, DCTL_S3_SESSION_TOKEN: 'c' }, own).credentials).toEqual({
      ...{ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' },
    });
  });

  it.each([
    [{ DCTL_S3_ACCESS_KEY_ID: 'a' }, 'DCTL_S3_SECRET_ACCESS_KEY is not'],
    [{ DCTL_S3_SECRET_ACCESS_KEY: 'hunter22' }, 'DCTL_S3_ACCESS_KEY_ID is not'],
  ])('refuse half of the keys: %j', (environment, said) => {
    expect(() => readStateConnection(environment, own)).toThrow(said);
    expect(() => readStateConnection(environment, own)).not.toThrow('hunter22');
  });

  it('have a profile of their own, whatever keys the environment has', async () => {
    const home = ownDirectory();
    mkdirSync(join(home, '.aws'));
    const file = join(home, '.aws', 'credentials');
    writeFileSync(file, '[state]\naws_access_key_id = of-the-profile\naws_secret_access_key = s\n');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', file);
    vi.stubEnv('AWS_CONFIG_FILE', join(home, 'absent'));
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'of-the-environment');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
    const { credentials } = readStateConnection({ DCTL_S3_PROFILE: 'state' }, own);
    if (typeof credentials !== 'function') throw new Error('the profile is not asked');
    expect(await credentials()).toMatchObject({ accessKeyId: 'of-the-profile' });
    vi.unstubAllEnvs();
  });

  it.each<[string, Record<string, string>, string | undefined, string]>([
    ['a flag', { DCTL_S3_REGION: 'us-east-1' }, 'eu-north-1', 'eu-north-1'],
    ['driftctl’s variable', { DCTL_S3_REGION: 'us-east-1' }, undefined, 'us-east-1'],
    ['the scan', {}, undefined, 'eu-west-1'],
  ])('have the region of %s', (_case, environment, region, expected) => {
    expect(readStateConnection(environment, own, region).region).toBe(expected);
  });
});
