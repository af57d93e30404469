// Outlives the process of the tests' node by a moment: when that is killed, ends what it left. Arguments: its directories.
// Names of pods come on stdin, one a line; the end of stdin is the end of the node.
import { createInterface } from 'node:readline';
import { killPodProcesses } from '../../../clients/pods/process-identity.ts';
import { removeTree } from '../../../clients/pods/volumes.ts';

const directories = process.argv.slice(2);
// Told to stop together with the tests: then there is the most to do.
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);

const pods = new Set<string>(['a node without pods']);
for await (const line of createInterface({ input: process.stdin })) pods.add(line);

for (const podName of pods) killPodProcesses({ podName, directories });
directories.forEach(removeTree);
