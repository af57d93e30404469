// Keeps the exporter's memory near to what it holds: V8 would let it double before it looks for garbage, and each report leaves some.
import { setFlagsFromString } from 'node:v8';

/** Call it first. The young generation's part is an argument of Node: it is fixed at the start. */
export const keepHeapSmall = (): void => setFlagsFromString('--heap-growing-percent=20');
