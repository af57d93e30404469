// The logs of a runner that works: each container's from its first line to its last, one after the other.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { attemptFiles, claimJob, type JobStatus, placeJob, writeStatus } from '../../clients/pods/job-files.ts';
import { identifyProcess } from '../../clients/pods/process-identity.ts';
import { openLocalLogs } from '../../orchestrator/runner-logs/local-source.ts';
import { followLogs, type LogChoice } from '../../orchestrator/runner-logs/tell-logs.ts';

const account = '111122223333';
const name = `aws-inventory-runner-now-${account}`;
let state: string;
let directory: string;

const container = (of: string, exitCode: number | null): JobStatus['containers'][number] => ({
  name: of,
  exitCode,
  reason: null,
  message: null,
  startedAt: '2026-11-22T00:00:00.000Z',
  finishedAt: null,
});

const report = (phase: JobStatus['phase'], attempts: number, ...containers: JobStatus['containers']): void => {
  const times = { startedAt: null, finishedAt: null };
  const facts = { reason: null, message: null, podName: null, processes: [], memory: null };
  writeStatus(directory, { phase, attempts, containers, ...times, ...facts });
};

const say = (attempt: number, of: string, text: string): void => {
  const log = attemptFiles(directory, attempt).log(of);
  mkdirSync(dirname(log), { recursive: true });
  appendFileSync(log, text);
};

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'runner-logs-'));
  directory = join(state, 'aws-inventory-orchestrator', 'runs', 'now', 'jobs', name);
  mkdirSync(dirname(directory), { recursive: true });
  placeJob(directory, { uid: 'u', job: { metadata: { name } }, images: {}, backoffSeconds: 1 });
  const self = identifyProcess(process.pid);
  if (self === undefined) throw new Error('this process does not know itself');
  claimJob(directory, self);
  report('running', 1, container('assume', null));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

/** What is heard so far, and the end. */
const follow = (choice: LogChoice = {}, signal = new AbortController().signal) => {
  const heard = { text: '' };
  const source = openLocalLogs({ XDG_STATE_HOME: state }, { run: 'now', account });
  const listener = {
    begins: ({ attempt, container: of }: { attempt: number; container: string }) => {
      heard.text += `<${attempt} ${of}>`;
    },
    says: (bytes: Uint8Array) => {
      heard.text += Buffer.from(bytes).toString();
    },
    ends: (_part: unknown, missing: boolean) => {
      heard.text += missing ? '<missing>' : '<end>';
    },
  };
  const end = followLogs(source, choice, listener, signal);
  return { heard, end, hears: (text: string) => vi.waitUntil(() => heard.text === text, { timeout: 10_000 }) };
};

it('a runner is followed from container to container, and from attempt to attempt, without losing a byte', async () => {
  const { end, hears } = follow();
  say(1, 'assume', 'one');
  await hears('<1 assume>one');
  say(1, 'assume', ' and more\n');
  await hears('<1 assume>one and more\n');
  // It ends with words that nobody has read yet.
  say(1, 'assume', 'last\n');
  say(1, 'refresh', 'sidecar\n');
  say(1, 'scan', 'scanning\n');
  report('running', 1, container('assume', 0), container('scan', null));
  await hears('<1 assume>one and more\nlast\n<end><1 scan>scanning\n');
  say(2, 'assume', 'again\n');
  report('running', 2, container('assume', 0));
  const first = '<1 assume>one and more\nlast\n<end><1 scan>scanning\n<end><1 refresh>sidecar\n<end>';
  await hears(`${first}<2 assume>again\n<end>`);
  report('succeeded', 2, container('assume', 0));
  expect(await end).toBe(true);
});

it('a sidecar is followed while it works when it is asked for by name', async () => {
  say(1, 'assume', 'a\n');
  say(1, 'refresh', 'renewed\n');
  const { end, hears } = follow({ container: 'refresh' });
  await hears('<1 refresh>renewed\n');
  say(1, 'refresh', 'renewed again\n');
  report('failed', 1, container('assume', 0));
  expect(await end).toBe(true);
  await hears('<1 refresh>renewed\nrenewed again\n<end>');
});

it('whoever follows can stop', async () => {
  const stop = new AbortController();
  const { end, hears } = follow({}, stop.signal);
  say(1, 'assume', 'one\n');
  await hears('<1 assume>one\n');
  stop.abort();
  await expect(end).rejects.toThrow('aborted');
});
