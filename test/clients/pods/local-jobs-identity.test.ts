import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { follow, logOf, openSampleJobs, run, sampleJob, shell } from './sample-jobs.ts';

const secret = 'sEcReT0fTheCaller/aBcDeFgHiJkLmNoPqRsTuVw';
const environment = {
  PATH: process.env['PATH'],
  HOME: homedir(),
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: secret,
  AWS_SESSION_TOKEN: `${secret}token`,
  AWS_PROFILE: 'work',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  GITHUB_TOKEN: 'never-passed-on',
  NODE_OPTIONS: '--no-warnings',
};
const token = { volumeMounts: [{ name: 'aws-token', mountPath: '/var/run/secrets/aws', readOnly: true }] };
const tokenFile = { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/var/run/secrets/aws/token' };

test('the caller’s identity reaches the containers that mount the token, and no others', async () => {
  const jobs = openSampleJobs({ environment });
  const job = await run(
    jobs,
    sampleJob({
      initContainers: [shell('assume', 'env', { ...token, env: [tokenFile] }), shell('scan', 'env')],
      containers: [shell('upload', 'env', token)],
    }),
  );
  expect(job.phase).toBe('succeeded');
  const [assume, scan, upload] = ['assume', 'scan', 'upload'].map(name => logOf(jobs, 'sample', name));
  for (const seen of [assume, upload]) {
    expect(seen).toContain(`AWS_SECRET_ACCESS_KEY=${secret}\n`);
    expect(seen).toContain('AWS_PROFILE=work\n');
    expect(seen).toContain(`HOME=${homedir()}\n`);
    expect(seen).not.toContain('AWS_WEB_IDENTITY_TOKEN_FILE');
  }
  expect(scan).not.toContain(secret);
  expect(scan?.match(/^AWS_\w+/gm)?.toSorted()).toEqual(['AWS_EC2_METADATA_DISABLED', 'AWS_ENDPOINT_URL']);
  expect(scan).not.toContain(`HOME=${homedir()}\n`);
  for (const seen of [assume, scan, upload]) {
    expect(seen).not.toContain('never-passed-on');
    expect(seen).not.toContain('NODE_OPTIONS');
    expect(seen).toContain('AWS_ENDPOINT_URL=http://127.0.0.1:1\n');
  }
});

test('credentials of the caller stand in no file of the Job', async () => {
  const jobs = openSampleJobs({ environment });
  await jobs.createJob(
    sampleJob({ containers: [shell('upload', 'test -n "$AWS_SECRET_ACCESS_KEY"; sleep 0.2', token)] }),
  );
  const search = () => execFileSync('sh', ['-c', 'grep -rl "$0" "$1" || true', secret, jobs.directory]).toString();
  await follow(jobs, 'sample', job => job.containers.some(container => container.startedAt !== null));
  expect(search()).toBe('');
  expect(await follow(jobs, 'sample')).toMatchObject({ phase: 'succeeded' });
  expect(search()).toBe('');
});
