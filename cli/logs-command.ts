// `aws-inventory logs RUN ACCOUNT`: what a runner's containers said, while anybody keeps it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { type LogFile, listLogFiles } from '../clients/pods/job-leavings.ts';
import { accountIdSchema } from '../contract/account.ts';
import { InventoryError } from '../contract/errors.ts';
import { runIdSchema, runnerJobName } from '../contract/names.ts';
import { jobsDirectory } from '../orchestrator/wire-local.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { printableLines } from './terminal-text.ts';

interface LogsFlags {
  readonly backend: 'local' | 'kubernetes';
  readonly namespace?: string;
  readonly container?: string;
}

interface Asked {
  readonly run: string;
  readonly account: string;
}

interface ShownLog {
  /** `attempt 2`, or the pod's name. */
  readonly of: string;
  readonly container: string;
  readonly text: string | undefined;
}

const localLogs = async ({ run, account }: Asked, environment: CommandContext['environment']): Promise<ShownLog[]> => {
  const files: LogFile[] = listLogFiles(join(jobsDirectory(environment, run), runnerJobName(run, account)));
  const order = ['assume', 'refresh', 'scan', 'upload'];
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.indexOf('scan'));
  return await Promise.all(
    files
      .sort((a, b) => a.attempt - b.attempt || rank(a.container) - rank(b.container))
      .map(async ({ attempt, container, path }) => ({
        of: `attempt ${attempt}`,
        container,
        text: await readFile(path, 'utf8').catch(() => undefined),
      })),
  );
};

const clusterLogs = async (asked: Asked, flags: LogsFlags, context: CommandContext): Promise<ShownLog[]> => {
  // Loaded at need: the Kubernetes client would cost every other command its start-up time.
  const [{ openKubernetes }, { readPodLogs }, { explainApiError }] = await Promise.all([
    import('../clients/kubernetes/connection.ts'),
    import('../clients/kubernetes/pod-logs.ts'),
    import('../clients/kubernetes/errors.ts'),
  ]);
  const connection = openKubernetes(context.environment, flags.namespace);
  try {
    const logs = await readPodLogs(connection, asked, { signal: stopSignal() }).catch(thrown => {
      throw explainApiError(thrown, 'reading the logs');
    });
    return logs.map(({ pod, ...rest }) => ({ of: pod, ...rest }));
  } finally {
    await connection.close();
  }
};

const gone = ({ run, account }: Asked, backend: LogsFlags['backend']): InventoryError => {
  const where =
    backend === 'local'
      ? 'on this machine: the run was made elsewhere, or its directory was deleted'
      : 'in the cluster: pods go with their Job a day after it has ended';
  return new InventoryError(
    'results-not-found',
    `There are no logs of the account ${account} in the run ${run} ${where}`,
    {
      remedy: 'Outcome, code and message stand in the manifest: aws-inventory runs finds the run.',
    },
  );
};

const show = async (asked: Asked, flags: LogsFlags, context: CommandContext): Promise<void> => {
  if (flags.backend === 'local' && flags.namespace !== undefined)
    throw new InventoryError('usage', '--namespace belongs to --backend kubernetes');
  const { stdout } = context;
  const all = await (flags.backend === 'local'
    ? localLogs(asked, context.environment)
    : clusterLogs(asked, flags, context));
  const logs = all.filter(({ container }) => flags.container === undefined || container === flags.container);
  if (logs.length === 0) throw gone(asked, flags.backend);
  for (const { of, container, text } of logs) {
    stdout.write(`${styleText('bold', `== ${of}, ${container}`, { stream: stdout })}\n`);
    // Scanners of others write what they like.
    stdout.write(text === undefined ? '(not started)\n' : printableLines(text.endsWith('\n') ? text : `${text}\n`));
  }
};

const parsed =
  <Value>(schema: { safeParse: (text: string) => { success: boolean; data?: Value } }, what: string) =>
  (text: string): Value => {
    const { success, data } = schema.safeParse(text);
    if (success && data !== undefined) return data;
    throw new InvalidArgumentError(what);
  };

export const logsCommand = (context: CommandContext): Command =>
  new Command('logs')
    .description('what the containers of one account said in a run, every attempt, while it is kept')
    .addArgument(new Argument('<run>', 'id of the run').argParser(parsed(runIdSchema, 'It is no id of a run.')))
    .addArgument(new Argument('<account>', 'id').argParser(parsed(accountIdSchema, 'An account id has 12 digits.')))
    .addOption(
      new Option('--backend <where>', 'this machine, or the cluster of the kubeconfig')
        .choices(['local', 'kubernetes'])
        .default('local'),
    )
    .option('--namespace <name>', 'of the runner Jobs, with --backend kubernetes (default: inventory)')
    .option('--container <name>', 'assume, scan, upload, or a scanner of your own')
    .addHelpText('after', '\nExample:\n  aws-inventory logs 20261122-010000-k3f9 123456789012 --container scan')
    .action((run: string, account: string, flags: LogsFlags) => show({ run, account }, flags, context));
