import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { identifyProcess, isAlive, killRecordedGroup, signalProcess } from '../../../clients/pods/process-identity.ts';

const startSleeper = () => {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const identity = identifyProcess(child.pid ?? 0);
  if (identity === undefined) throw new Error('it does not run');
  return { child, identity };
};

test('a process is recognised until it ends', async () => {
  const { child, identity } = startSleeper();
  expect(isAlive(identity)).toBe(true);
  signalProcess(identity, 'SIGTERM');
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGTERM');
  expect(isAlive(identity)).toBe(false);
  expect(identifyProcess(identity.pid)).toBeUndefined();
});

test('a process of the same pid that started at another time is another one and gets no signal', async () => {
  const { child, identity } = startSleeper();
  const earlier = { ...identity, started: `1@${identity.started.split('@')[1]}` };
  expect(isAlive(earlier)).toBe(false);
  signalProcess(earlier, 'SIGKILL');
  killRecordedGroup(earlier);
  expect(isAlive(identity)).toBe(true);
  killRecordedGroup(identity);
  await once(child, 'exit');
  expect(isAlive(identity)).toBe(false);
});
