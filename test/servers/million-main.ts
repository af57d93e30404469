// The million server as a process of its own, for measurements: prints its URL, and ends when it is told to or its parent
// is gone. node test/servers/million-main.ts --resources 1000000 --page-size 50 --tagged 0.2 --region us-east-1
import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parentGone } from '../../clients/parent.ts';
import { startMillionServer } from './million.ts';

const { values } = parseArgs({
  options: {
    resources: { type: 'string', default: '1000000' },
    'page-size': { type: 'string', default: '50' },
    tagged: { type: 'string', default: '0.2' },
    region: { type: 'string', default: 'us-east-1' },
    account: { type: 'string', default: '123456789012' },
    port: { type: 'string', default: '0' },
  },
});

const server = await startMillionServer({
  resources: Number(values.resources),
  pageSize: Number(values['page-size']),
  taggedShare: Number(values.tagged),
  region: values.region,
  account: values.account,
  port: Number(values.port),
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, server.stop);
// A shell in the background gives /dev/null, which ends at once and says nothing about the shell.
const stdin = fstatSync(0);
if (stdin.isFIFO() || stdin.isSocket()) parentGone(process.stdin).addEventListener('abort', () => void server.stop());
console.log(server.url);
