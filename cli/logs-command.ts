// `aws-inventory logs RUN ACCOUNT`: what a runner's containers said, while anybody keeps it, or what they say now.
import { styleText } from 'node:util';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { accountIdSchema } from '../contract/account.ts';
import { InventoryError } from '../contract/errors.ts';
import { runIdSchema } from '../contract/names.ts';
import { openLocalLogs } from '../orchestrator/runner-logs/local-source.ts';
import type { LogPart, LogSource, RunnerAsked } from '../orchestrator/runner-logs/log-source.ts';
import { followLogs, type LogListener, tellLogs } from '../orchestrator/runner-logs/tell-logs.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { positive } from './flag-values.ts';
import { printableLines } from './terminal-text.ts';

interface LogsFlags {
  readonly backend: 'local' | 'kubernetes';
  readonly namespace?: string;
  readonly container?: string;
  readonly attempt?: number;
  readonly follow?: boolean;
}

const openSource = async (
  asked: RunnerAsked,
  flags: LogsFlags,
  { environment, signal }: { readonly environment: CommandContext['environment']; readonly signal: AbortSignal },
): Promise<LogSource> => {
  if (flags.backend === 'local') return openLocalLogs(environment, asked);
  // Loaded at need: the Kubernetes client would cost every other command its start-up time.
  const { openClusterLogs } = await import('../orchestrator/runner-logs/cluster-source.ts');
  const { namespace, follow = false } = flags;
  return openClusterLogs({ ...asked, environment, namespace, signal, follow });
};

const gone = ({ run, account }: RunnerAsked, { backend, container, attempt }: LogsFlags): InventoryError => {
  const where =
    backend === 'local'
      ? 'on this machine: the run was made elsewhere, or its directory was deleted'
      : 'in the cluster: pods go with their Job, ttlSecondsAfterFinished of the runner template after it has ended';
  const what = [
    container === undefined ? '' : ` of the container ${JSON.stringify(container)}`,
    attempt === undefined ? '' : ` of attempt ${attempt}`,
  ].join('');
  const message = `There are no logs${what} of the account ${account} in the run ${run} ${where}`;
  return new InventoryError('results-not-found', message, {
    remedy: 'Outcome, code and message stand in the manifest: aws-inventory runs finds the run.',
  });
};

/** Whole lines alone: scanners of others write what they like, and half a character is none. */
const showLines = (stdout: NodeJS.WriteStream) => {
  const decoder = new TextDecoder();
  let rest = '';
  return {
    add: (bytes: Uint8Array): void => {
      const text = rest + decoder.decode(bytes, { stream: true });
      const end = text.lastIndexOf('\n') + 1;
      rest = text.slice(end);
      if (end > 0) stdout.write(printableLines(text.slice(0, end)));
    },
    end: (): void => {
      const text = rest + decoder.decode();
      rest = '';
      if (text !== '') stdout.write(`${printableLines(text)}\n`);
    },
  };
};

const listenerOf = (stdout: NodeJS.WriteStream): LogListener => {
  const lines = showLines(stdout);
  const titleOf = ({ attempt, pod, container }: LogPart): string =>
    `== attempt ${attempt}${pod === null ? '' : ` (${pod})`}, ${container}`;
  return {
    begins: part => void stdout.write(`${styleText('bold', titleOf(part), { stream: stdout })}\n`),
    says: lines.add,
    ends: (_part, missing) => {
      lines.end();
      if (missing) stdout.write('(not started)\n');
    },
  };
};

const show = async (asked: RunnerAsked, flags: LogsFlags, context: CommandContext): Promise<void> => {
  if (flags.backend === 'local' && flags.namespace !== undefined)
    throw new InventoryError('usage', '--namespace belongs to --backend kubernetes');
  const signal = stopSignal();
  const source = await openSource(asked, flags, { environment: context.environment, signal });
  const listener = listenerOf(context.stdout);
  try {
    const found = await (flags.follow
      ? followLogs(source, flags, listener, signal)
      : tellLogs(source, flags, listener));
    if (!found) throw gone(asked, flags);
  } finally {
    await source.close();
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
    .option('--attempt <n>', 'only this one, counted from 1', positive)
    .option('-f, --follow', 'go on until the account is done')
    .addHelpText('after', '\nExample:\n  aws-inventory logs 20261122-010000-k3f9 123456789012 --container scan')
    .action((run: string, account: string, flags: LogsFlags) => show({ run, account }, flags, context));
