// Part of the local backend: a pod's containers in their order: init containers one by one, then the others at once.
import type { ObservedContainer } from '../../contract/observed-job.ts';
import { sleep } from '../clock.ts';
import type { ContainerPlan } from './container-plan.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { startContainer } from './run-container.ts';

/** The leader of a container's process group. */
export interface ContainerProcess extends ProcessIdentity {
  readonly container: string;
}

export interface PodState {
  /** In the order of the template; those that never started have null everywhere. */
  readonly containers: readonly ObservedContainer[];
  readonly processes: readonly ContainerProcess[];
}

export interface PodRun {
  readonly initContainers: readonly ContainerPlan[];
  readonly containers: readonly ContainerPlan[];
  /** Asked when something is ended: a deletion may bring a grace of its own. */
  readonly graceSeconds: () => number;
  readonly sidecarBackoffSeconds: number;
  /**
   * Waits until nothing keeps the container from its start, and gives the plan that is started. Resolves on the signal too,
   * with any plan, because nothing is started then; never rejects. Absent where every plan can be started as it is.
   */
  readonly prepare?: (plan: ContainerPlan, signal: AbortSignal) => Promise<ContainerPlan>;
  /** Ends the pod: SIGTERM, the grace, SIGKILL. */
  readonly signal: AbortSignal;
  /** Called after every start and end, before anything else happens. */
  readonly publish: (state: PodState) => void;
}

const waiting = ({ name }: ContainerPlan): ObservedContainer => ({
  name,
  exitCode: null,
  reason: null,
  message: null,
  startedAt: null,
  finishedAt: null,
});

/** The current state of every container, published at each change. */
const openBoard = (run: PodRun) => {
  const states = new Map([...run.initContainers, ...run.containers].map(plan => [plan.name, waiting(plan)]));
  const processes = new Map<string, ContainerProcess>();
  const read = (): PodState => ({ containers: [...states.values()], processes: [...processes.values()] });
  return {
    read,
    post: (state: ObservedContainer, process?: ProcessIdentity) => {
      states.set(state.name, state);
      if (process === undefined) processes.delete(state.name);
      else processes.set(state.name, { ...process, container: state.name });
      run.publish(read());
    },
  };
};

type Board = ReturnType<typeof openBoard>;

interface ContainerRun {
  readonly plan: ContainerPlan;
  readonly board: Board;
  readonly graceSeconds: () => number;
  readonly signal: AbortSignal;
}

/** Whether it ended with 0. */
const runContainer = async ({ plan, board, graceSeconds, signal }: ContainerRun): Promise<boolean> => {
  if (signal.aborted) return false;
  const container = startContainer(plan);
  board.post(container.state, container.process);
  const stop = () => void container.terminate(graceSeconds());
  signal.addEventListener('abort', stop, { once: true });
  const end = await container.ended;
  signal.removeEventListener('abort', stop);
  board.post(end);
  return end.exitCode === 0;
};

/** Starts it again whenever it ends, until the signal. */
const keepRunning = async (run: ContainerRun, backoffSeconds: number): Promise<void> => {
  for (let restarts = 0; !run.signal.aborted; restarts += 1) {
    await runContainer(run);
    const delay = Math.min(backoffSeconds * 2 ** restarts, 300) * 1000;
    await sleep(delay, run.signal).catch(() => undefined);
  }
};

/**
 * Runs the pod to its end. It succeeded when every container but the sidecars ran and ended with 0; a failed init
 * container keeps all later ones from starting. Never rejects for what a container does.
 */
export const runPod = async (run: PodRun): Promise<PodState & { readonly succeeded: boolean }> => {
  const board = openBoard(run);
  const { graceSeconds, signal } = run;
  const prepare = async (plan: ContainerPlan) =>
    signal.aborted || run.prepare === undefined ? plan : await run.prepare(plan, signal);
  const runPlan = async (plan: ContainerPlan) =>
    runContainer({ plan: await prepare(plan), board, graceSeconds, signal });
  const podEnd = new AbortController();
  const sidecars: Promise<void>[] = [];
  let ready = true;
  for (const plan of run.initContainers) {
    if (!ready) break;
    if (plan.sidecar) {
      const sidecar = { plan: await prepare(plan), board, graceSeconds, signal: podEnd.signal };
      // One that never got what it waits for would be started at the pod's end.
      if (signal.aborted) break;
      sidecars.push(keepRunning(sidecar, run.sidecarBackoffSeconds));
    } else {
      ready = await runPlan(plan);
    }
  }
  const ends = ready ? await Promise.all(run.containers.map(runPlan)) : [false];
  podEnd.abort();
  await Promise.all(sidecars);
  return { ...board.read(), succeeded: ends.every(Boolean) };
};
