// `npm start` as a process: it says what is wrong with its arguments, and leaves nothing running.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { createStatusLine } from '../../sandbox/status-line.ts';

const main = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));

const start = (...args: string[]) => {
  const program = execa(process.execPath, [main, ...args], { reject: false, all: true });
  onTestFinished(() => {
    program.kill('SIGKILL');
  });
  return program;
};

/** Processes that descend from this one, by id. */
const descendantsOf = async (pid: number): Promise<number[]> => {
  const { stdout } = await execa('ps', ['-A', '-o', 'ppid=,pid=']);
  const pairs = stdout.split('\n').map(line => line.trim().split(/\s+/).map(Number));
  const found = [pid];
  for (const parent of found) for (const [of = 0, child = 0] of pairs) if (of === parent) found.push(child);
  return found.slice(1);
};

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('on %s it stops everything and exits with %i', async (signal, exitCode) => {
  const program = start('--accounts', '2');
  await once(program.all, 'data');
  const started = await descendantsOf(program.pid ?? 0);
  expect(started).not.toEqual([]);
  program.kill(signal);
  expect((await program).exitCode).toBe(exitCode);
  await expect.poll(() => started.filter(lives)).toEqual([]);
});

test.each([[['--acounts', '3']], [['--accounts', 'many']], [['--accounts', '0']], [['extra']]])(
  'arguments like %j are refused with 2',
  async args => {
    const ended = await start(...args);
    expect(ended.exitCode).toBe(2);
    expect(ended.all).toContain(args.at(-1) === '3' ? '--acounts' : String(args.at(-1)));
  },
);

test('a status line changes in place at a terminal, and is silent elsewhere', () => {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const terminal = createStatusLine({ isTTY: true, columns: 10, write });
  terminal.show('building the Organization');
  terminal.say('done');
  const pipe = createStatusLine({ write });
  pipe.show('building');
  pipe.say('done');
  expect(written).toEqual(['\r\u001b[2Kbuilding ', '\r\u001b[2Kdone\n', 'done\n']);
});
