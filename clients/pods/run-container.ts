// Part of the local backend: one container as a process group, from its start to its last words.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { ObservedContainer } from '../../contract/observed-job.ts';
import { sleep, timestamp } from '../clock.ts';
import { drainOutputs } from '../drain-outputs.ts';
import { signalGroup } from '../process-group.ts';
import { openCappedLog } from './capped-log.ts';
import type { ContainerPlan } from './container-plan.ts';
import { identifyProcess, type ProcessIdentity } from './process-identity.ts';
import { cutLog, readMessage } from './termination-message.ts';

export interface RunningContainer {
  readonly state: ObservedContainer;
  /** undefined when it could not be started. */
  readonly process: ProcessIdentity | undefined;
  /** The final state; never rejects. */
  readonly ended: Promise<ObservedContainer>;
  /** SIGTERM to the group, SIGKILL after the grace; resolves with the end. */
  readonly terminate: (graceSeconds: number) => Promise<void>;
}

interface Exit {
  readonly exitCode: number;
  readonly reason: string;
  /** Why it could not be started at all. */
  readonly failure: string | null;
}

const notStarted = (error: NodeJS.ErrnoException): Exit => ({
  // As a shell says it: 127 when there is no such command, 126 when it may not be run.
  exitCode: error.code === 'ENOENT' ? 127 : 126,
  reason: 'ContainerCannotRun',
  failure: error.message,
});

const exitOf = (child: ChildProcess): Promise<Exit> =>
  new Promise(resolve => {
    child.once('error', error => resolve(notStarted(error)));
    child.once('exit', (code, signal) => {
      const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      resolve({ exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', failure: null });
    });
  });

const outputs = (child: ChildProcess): Readable[] =>
  [child.stdout, child.stderr].filter(stream => stream !== null && stream !== undefined);

const spawnContainer = (plan: ContainerPlan): ChildProcess => {
  const [program = '', ...words] = plan.command;
  mkdirSync(plan.home, { recursive: true, mode: 0o700 });
  // The kubelet makes the file too, so that a container which may only write to existing ones has it.
  writeFileSync(plan.messageFile, '', { mode: 0o600 });
  return spawn(program, words, {
    cwd: plan.workingDirectory,
    env: { ...plan.environment },
    // A session and group of its own: its children are ended with it, and signals to the supervisor do not reach it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
};

const started = (plan: ContainerPlan): ObservedContainer => ({
  name: plan.name,
  exitCode: null,
  reason: null,
  message: null,
  startedAt: timestamp(),
  finishedAt: null,
});

const refuse = (state: ObservedContainer, thrown: unknown): RunningContainer => {
  const { exitCode, reason, failure } = notStarted(thrown as NodeJS.ErrnoException);
  const ended = { ...state, exitCode, reason, message: failure, finishedAt: timestamp() };
  return { state, process: undefined, ended: Promise.resolve(ended), terminate: async () => {} };
};

const followContainer = (plan: ContainerPlan, state: ObservedContainer, child: ChildProcess): RunningContainer => {
  const log = openCappedLog(plan.logFile);
  let running = true;
  for (const stream of outputs(child)) stream.on('data', (chunk: Buffer) => log.append(chunk));
  const signal = (name: NodeJS.Signals) => signalGroup(child.pid, name);
  const follow = async (): Promise<ObservedContainer> => {
    const exit = await exitOf(child);
    running = false;
    // As with the end of a container's first process: what it left behind ends with it.
    signal('SIGKILL');
    await drainOutputs(child);
    log.close();
    const fromLog = plan.messageFromLog && exit.exitCode !== 0 ? cutLog(log.end(), plan.messageBytes) : '';
    const message = exit.failure ?? readMessage(plan.messageFile, plan.messageBytes) ?? (fromLog || null);
    return { ...state, exitCode: exit.exitCode, reason: exit.reason, message, finishedAt: timestamp() };
  };
  const ended = follow();
  return {
    state,
    process: child.pid === undefined ? undefined : identifyProcess(child.pid),
    ended,
    terminate: async graceSeconds => {
      if (!running) return;
      signal('SIGTERM');
      const patience = new AbortController();
      const grace = sleep(graceSeconds * 1000, patience.signal).catch(() => undefined);
      await Promise.race([ended, grace]);
      patience.abort();
      if (running) signal('SIGKILL');
      await ended;
    },
  };
};

/** Starts the container's process. A command that cannot be started is a container that ended with 126 or 127. */
export const startContainer = (plan: ContainerPlan): RunningContainer => {
  const state = started(plan);
  try {
    return followContainer(plan, state, spawnContainer(plan));
  } catch (thrown) {
    return refuse(state, thrown);
  }
};
