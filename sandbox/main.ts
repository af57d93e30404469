// The embedded default, `npm start`: an AWS simulator with an Organization in it, which is then swept.
import { once } from 'node:events';
import { dirname, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { startStopwatch } from '../clients/clock.ts';
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import { type Sandbox, startSandbox } from './start.ts';
import { createStatusLine } from './status-line.ts';
import { type KeptReports, keepReports, simulatorVariables, sweepSandbox } from './sweep.ts';

const usage = `Starts an AWS simulator with an Organization worth sweeping.

  npm start -- [--faults] [--keep] [--accounts N]

  --faults       adds accounts whose role is missing, whose scan fails, whose upload is refused, and a partial one
  --keep         keeps the simulator until Ctrl-C
  --accounts N   size of the Organization, its management account included (30)

Example: npm start -- --faults`;

const readArguments = (args: readonly string[]) => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        faults: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        accounts: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const accounts = values.accounts === undefined ? undefined : Number(values.accounts);
    if (accounts !== undefined && !(Number.isInteger(accounts) && accounts > 0))
      throw new InventoryError('usage', `--accounts ${values.accounts} is not a number of accounts`);
    return { ...values, accounts };
  } catch (error) {
    if (error instanceof InventoryError) throw error;
    throw new InventoryError('usage', error instanceof Error ? error.message : String(error), { cause: error });
  }
};

// A closed terminal must not end us before everything else has ended.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
const status = createStatusLine(process.stderr);
const stop = new AbortController();
let exitOnSignal: 129 | 130 | 143 | null = null;
// Not once(): where no listener is left, execa's clean-up raises the signal again and ends this process at once.
for (const [name, code] of [
  // The terminal was closed.
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(name, () => {
    if (stop.signal.aborted) process.exit(code);
    exitOnSignal = code;
    stop.abort();
  });

const root = dirname(import.meta.dirname);

/** Ready to paste into another terminal, where the simulator is then all there is of AWS. */
const explainKeeping = (sandbox: Sandbox): string =>
  [
    '',
    'The simulator stays until Ctrl-C. In another terminal, in this directory:',
    `  export ${Object.entries(simulatorVariables(sandbox.url))
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
    `  npm run -s aws-inventory -- run --bucket ${sandbox.organization.reportsBucket} --config sandbox/config.yaml --ou Workloads/Prod`,
  ].join('\n');

const explainReports = (kept: KeptReports, faults: boolean): string => {
  const directory = relative(process.cwd(), kept.directory) || '.';
  return [
    '',
    `The simulator's bucket is copied to ${directory} (${kept.objects} objects): look at AWSRecon/latest.json there, or open its page:`,
    `  npm run -s aws-inventory -- exporter --directory ${directory}     # http://127.0.0.1:8080/`,
    faults
      ? 'Next: docs/errors.md has every code above, and `npm start -- --keep` leaves the simulator to you.'
      : 'Next: `npm start -- --faults` shows accounts that cannot be scanned; `npm start -- --keep` leaves the simulator to you.',
  ].join('\n');
};

const sweep = async (sandbox: Sandbox, options: ReturnType<typeof readArguments>): Promise<number> => {
  const startedAt = new Date();
  const sweeping = { sandbox, root, environment: process.env, signal: stop.signal };
  const exitCode = await sweepSandbox(sweeping);
  if (stop.signal.aborted) return exitCode;
  status.say(explainReports(await keepReports(sweeping, startedAt), options.faults));
  if (options.keep) {
    status.say(explainKeeping(sandbox));
    await once(stop.signal, 'abort');
  }
  return exitCode;
};

const run = async (): Promise<number> => {
  const options = readArguments(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const elapsed = startStopwatch();
  const { faults, accounts } = options;
  const sandbox = await startSandbox({ faults, accounts, environment: process.env, status, signal: stop.signal });
  try {
    const { members } = sandbox.organization;
    const active = members.filter(member => member.state === 'ACTIVE').length + 1;
    status.say(
      `A simulated Organization stands after ${elapsed().toFixed(1)} s: ${members.length + 1} accounts, ${active} of them ACTIVE.`,
    );
    return await sweep(sandbox, options);
  } finally {
    await sandbox.stop();
  }
};

const report = (thrown: unknown): number => {
  const error = toInventoryError(thrown);
  status.say(`${error.message}\n${error.remedy}`);
  return error.entry.exit;
};

// After a signal whatever broke was broken off: no error, and the shell wants to know the signal.
const exitCode = await run().catch(thrown => exitOnSignal ?? report(thrown));
process.exitCode = exitOnSignal ?? exitCode;
