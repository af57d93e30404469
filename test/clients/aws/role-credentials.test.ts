import { afterEach, describe, expect, it, vi } from 'vitest';
import { roleCredentials } from '../../../clients/aws/role-credentials.ts';
import { connectTo } from '../../setup/connection.ts';
import { type Answer, type RecordingServer, startRecordingServer, stsError } from '../../setup/recording-server.ts';

let server: RecordingServer;
afterEach(async () => {
  await server.stop();
  vi.unstubAllEnvs();
});

let sessions = 0;
const sessionFor = (minutes: number): Answer => {
  sessions += 1;
  const credentials = {
    ...{ AccessKeyId: `ASIA${sessions}`, SecretAccessKey: 's', SessionToken: 't' },
    Expiration: new Date(Date.now() + minutes * 60_000).toISOString(),
  };
  const members = Object.entries(credentials).map(([name, value]) => `<${name}>${value}</${name}>`);
  const result = `<AssumeRoleResult><Credentials>${members.join('')}</Credentials></AssumeRoleResult>`;
  const body = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</AssumeRoleResponse>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
};

const credentialsFrom = async (answers: readonly Answer[]) => {
  const left = [...answers];
  server = await startRecordingServer(undefined, () => left.shift());
  const role = { roleArn: 'arn:aws:iam::111111111111:role/audit', sessionName: 'audit-111111111111' };
  return roleCredentials(connectTo(server.url), role, new AbortController().signal);
};

describe('credentials of a role', () => {
  it('are asked for once by many that need them at once, and kept while they last', async () => {
    const credentials = await credentialsFrom([sessionFor(60)]);
    const [one, other] = await Promise.all([credentials(), credentials()]);
    expect(one).toBe(other);
    expect(await credentials()).toBe(one);
    expect(server.requests).toHaveLength(1);
  });

  it('are asked for again five minutes before they end', async () => {
    const credentials = await credentialsFrom([sessionFor(4), sessionFor(60)]);
    const [one, other] = [await credentials(), await credentials()];
    expect(other.accessKeyId).not.toBe(one.accessKeyId);
    expect(await credentials()).toBe(other);
    expect(server.requests).toHaveLength(2);
  });

  it('are asked for again after a refusal', async () => {
    const credentials = await credentialsFrom([stsError(403, 'AccessDenied', 'no'), sessionFor(60)]);
    await expect(credentials()).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(await credentials()).toMatchObject({ sessionToken: 't' });
  });
});
