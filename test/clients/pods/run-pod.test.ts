import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type ContainerPlan, planContainer } from '../../../clients/pods/container-plan.ts';
import { attemptFiles } from '../../../clients/pods/job-files.ts';
import { type PodRun, type PodState, runPod } from '../../../clients/pods/run-pod.ts';
import { images, shell } from './sample-jobs.ts';

/** A plan as the local backend makes it, in a directory of its own. */
const openPlans = () => {
  const directory = mkdtempSync(join(tmpdir(), 'run-pod-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const files = attemptFiles(directory, 1);
  return (name: string, script: string): ContainerPlan => {
    const place = { pod: { containers: [] }, metadata: { name: 'pod' }, volumes: [], caller: {}, images, files };
    return { ...planContainer(shell(name, script), place), messageFile: join(directory, `${name}.message`) };
  };
};

const start = (run: Pick<PodRun, 'initContainers' | 'containers'> & Partial<PodRun>) => {
  const states: PodState[] = [];
  const options = { graceSeconds: () => 1, sidecarBackoffSeconds: 1, signal: new AbortController().signal };
  return { states, ended: runPod({ ...options, publish: state => states.push(state), ...run }) };
};

test('a container is started as it was prepared, and not before', async () => {
  const plan = openPlans();
  const log: string[] = [];
  const { ended } = start({
    initContainers: [plan('assume', 'exit 0')],
    containers: [plan('upload', 'exit 1')],
    prepare: async unready => {
      log.push(unready.name);
      return plan(unready.name, 'exit 0');
    },
  });
  expect(await ended).toMatchObject({ succeeded: true, containers: [{ exitCode: 0 }, { exitCode: 0 }] });
  expect(log).toEqual(['assume', 'upload']);
});

test('a container that waits for what never comes is not started at the pod’s end', async () => {
  const plan = openPlans();
  const stop = new AbortController();
  const { ended, states } = start({
    initContainers: [{ ...plan('sidecar', 'exit 0'), sidecar: true }],
    containers: [plan('upload', 'exit 0')],
    signal: stop.signal,
    prepare: unready =>
      new Promise(resolve => {
        stop.signal.addEventListener('abort', () => resolve(unready), { once: true });
        stop.abort();
      }),
  });
  expect(await ended).toMatchObject({ succeeded: false, containers: [{ startedAt: null }, { startedAt: null }] });
  expect(states).toEqual([]);
});
