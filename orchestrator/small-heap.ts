// Keeps the orchestrator's memory near to what it holds: V8 would let it double before it looks for garbage, and ten thousand accounts
// leave much of it. Costs nothing that npm run bench:fanout could show.
import { setFlagsFromString } from 'node:v8';

/** Call it first. The young generation's part is an argument of Node in k8s/base/orchestrator/cronjob.yaml: it is fixed at the start. */
export const keepHeapSmall = (): void => setFlagsFromString('--heap-growing-percent=20');
