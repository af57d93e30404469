// Tokens for states, as the kubelet lays a Secret out.
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseHeaders, readTokens, tokenValues } from '../../../../runner/scan/drift/state-tokens.ts';
import { makeDirectory } from '../../../setup/run-container.ts';

let place: Awaited<ReturnType<typeof makeDirectory>>;
beforeEach(async () => {
  place = await makeDirectory();
});
afterEach(() => place.remove());

/** `..data` is a link to a hidden directory, and each key a link into it. */
const layOut = async (files: Readonly<Record<string, string>>): Promise<string> => {
  await mkdir(join(place.directory, '..2026_11_26'));
  await symlink('..2026_11_26', join(place.directory, '..data'));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(place.directory, '..2026_11_26', name), text);
    await symlink(join('..data', name), join(place.directory, name));
  }
  return place.directory;
};

describe('the tokens', () => {
  it('have the names of their files, and end where their text does', async () => {
    const directory = await layOut({
      TFE_TOKEN: 'a-token-of-tfe\n',
      TFE_HOSTNAME: 'tfe.example.com',
      ARM_ACCESS_KEY: 'a2V5',
    });
    const tokens = await readTokens(directory);
    expect(tokens).toEqual({
      environment: { TFE_TOKEN: 'a-token-of-tfe', TFE_HOSTNAME: 'tfe.example.com', ARM_ACCESS_KEY: 'a2V5' },
      headers: {},
    });
    expect(tokenValues(tokens)).toEqual(expect.arrayContaining(['a-token-of-tfe', 'a2V5']));
    expect(tokenValues(tokens)).not.toContain('tfe.example.com');
  });

  it('may be written in Terraform’s own small letters, and are secret', async () => {
    const directory = await layOut({
      TF_TOKEN_app_terraform_io: 'token-of-hcp',
      TF_VAR_passphrase: 'secret-of-tofu',
      AZURE_STORAGE_CONNECTION_STRING: 'AccountName=a',
    });
    const tokens = await readTokens(directory);
    expect(Object.keys(tokens.environment)).toHaveLength(3);
    expect(tokenValues(tokens).toSorted()).toEqual(['AccountName=a', 'secret-of-tofu', 'token-of-hcp']);
  });

  it('may be headers, which are secret too', async () => {
    const tokens = await readTokens(await layOut({ STATE_HEADERS: 'Authorization: Bearer a-bearer\nX-Team: a:b\n\n' }));
    expect(tokens).toEqual({ environment: {}, headers: { Authorization: 'Bearer a-bearer', 'X-Team': 'a:b' } });
    expect(tokenValues(tokens)).toContain('Bearer a-bearer');
  });

  it('never change whose eyes the scan has, nor how Node runs', async () => {
    const files = { AWS_ACCESS_KEY_ID: 'x', NODE_OPTIONS: 'x', INVENTORY_RUN: 'x', LD_PRELOAD: 'x', 'read.me': 'x' };
    expect(await readTokens(await layOut(files))).toEqual({ environment: {}, headers: {} });
  });

  it('are none where no Secret is, or none is mounted', async () => {
    expect(await readTokens(join(place.directory, 'absent'))).toEqual({ environment: {}, headers: {} });
    expect(await readTokens(undefined)).toEqual({ environment: {}, headers: {} });
  });

  it.each(['Bearer a-secret-token', 'Authorization:', ': x', 'A b: x'])(
    'refuse the header %j and do not quote it',
    text => {
      expect(() => parseHeaders(`X: y\n${text}`)).toThrow('line 2 of STATE_HEADERS is no header');
      expect(() => parseHeaders(text)).not.toThrow('a-secret-token');
    },
  );
});
