// `aws-inventory infrastructure`: what the fleet needs in AWS, shown before it is made.
import { Command, Option } from 'commander';
import { desiredEstate } from '../contract/access/desired-estate.ts';
import type { DesiredResource } from '../contract/access/estate.ts';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { InventoryError } from '../contract/errors.ts';
import { doWork, type Work, type WorkEnd, type WorkProgress } from '../infrastructure/apply-plan.ts';
import { refuseLongDocuments } from '../infrastructure/check-sizes.ts';
import { closeEstate } from '../infrastructure/connections.ts';
import { actionOf, makePlan, type PlannedResource } from '../infrastructure/make-plan.ts';
import { type PlannedRemoval, planRemovals } from '../infrastructure/plan-removal.ts';
import { askYes, canAsk } from './ask.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { exportCommand } from './infrastructure-export.ts';
import { addEstateFlags, type EstateFlags, estateSettings } from './infrastructure-flags.ts';
import { findEstate, type OpenEstate } from './open-estate.ts';
import { renderError } from './render-error.ts';
import { planDocument, renderPlan, renderRemovals } from './render-infrastructure.ts';
import { plural } from './terminal-text.ts';

interface PlanFlags extends EstateFlags {
  readonly output: 'table' | 'json';
  readonly replace?: boolean;
  readonly exitCode?: boolean;
}

interface ApplyFlags extends PlanFlags {
  readonly yes?: boolean;
}

interface DestroyFlags extends EstateFlags {
  readonly yes?: boolean;
  readonly deleteBucketWithData?: boolean;
}

interface Estate extends OpenEstate {
  readonly resources: readonly DesiredResource[];
  readonly signal: AbortSignal;
}

const withEstate = async <Result>(
  flags: EstateFlags,
  context: CommandContext,
  run: (estate: Estate) => Promise<Result>,
): Promise<Result> => {
  const signal = stopSignal();
  const open = await findEstate(estateSettings(flags, context), context, signal);
  try {
    const resources = desiredEstate(open.facts);
    refuseLongDocuments(resources);
    return await run({ ...open, resources, signal });
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    throw new InventoryError('interrupted', 'Stopped before everything was done', {
      remedy: 'Start the same command again: what has been made is found, and the rest goes on.',
      cause: thrown,
    });
  } finally {
    closeEstate(open.connections);
  }
};

const show = (plan: readonly PlannedResource[], estate: Estate, flags: PlanFlags, stream: NodeJS.WriteStream): void => {
  const replace = flags.replace === true;
  if (flags.output === 'json') stream.write(`${JSON.stringify(planDocument(plan, estate.remarks, replace))}\n`);
  else stream.write(renderPlan(plan, estate.remarks, { replace, stream }));
};

const incomplete = (what: string): InventoryError => new InventoryError('infrastructure-incomplete', what);

const plan = (flags: PlanFlags, context: CommandContext): Promise<number> =>
  withEstate(flags, context, async estate => {
    const planned = await makePlan(estate.resources, estate.connections, estate.signal);
    show(planned, estate, flags, context.stdout);
    const unread = planned.filter(({ error }) => error !== undefined).length;
    if (unread > 0) throw incomplete(`${plural(unread, 'resource')} could not be read`);
    const due = planned.some(each => actionOf(each, flags.replace === true) !== 'none');
    return due && flags.exitCode === true ? errorCatalogue['infrastructure-incomplete'].exit : 0;
  });

const showWork = ({ stderr }: CommandContext): WorkProgress => ({
  began: (work, step) => stderr.write(`${work.name}: ${step.says}\n`),
  told: (work, text) => stderr.write(`${work.name}: ${text}\n`),
  done: () => undefined,
  failed: (_work, error) => stderr.write(renderError(error, stderr)),
});

const finish = (end: WorkEnd, unread: number, context: CommandContext): number => {
  const failed = end.failures.length + unread;
  if (failed === 0) {
    context.stderr.write(`Done: ${plural(end.done, 'resource')}.\n`);
    return 0;
  }
  const names = end.failures.map(({ work }) => work.name).join(', ');
  throw incomplete(
    `${end.done} done, ${failed} not${names === '' ? '' : `: ${names}`}${unread === 0 ? '' : `; ${unread} could not be read`}`,
  );
};

const worksOf = (planned: readonly PlannedResource[], replace: boolean): Work[] =>
  planned.flatMap(({ name, account, accountId, assessment }) => {
    const steps = assessment?.steps(replace) ?? [];
    return steps.length === 0 ? [] : [{ name, account, accountId, steps }];
  });

/** Nobody can be asked without a terminal, and the script of old never did. */
const mayGoOn = async (question: string, yes: boolean, context: CommandContext, signal: AbortSignal) =>
  yes || !canAsk(context) || (await askYes(question, context, signal));

const apply = (flags: ApplyFlags, context: CommandContext): Promise<number> =>
  withEstate(flags, context, async estate => {
    const { signal } = estate;
    const replace = flags.replace === true;
    const planned = await makePlan(estate.resources, estate.connections, signal);
    show(planned, estate, flags, context.stdout);
    const unread = planned.filter(({ error }) => error !== undefined).length;
    const works = worksOf(planned, replace);
    if (works.length > 0) {
      const asked = flags.yes === true || flags.eightFlags === true;
      if (!(await mayGoOn('Make these changes?', asked, context, signal))) {
        context.stderr.write('Nothing was changed.\n');
        return 0;
      }
    }
    return finish(await doWork(works, showWork(context), signal), unread, context);
  });

const removalWorks = (removals: readonly PlannedRemoval[]): Work[] =>
  removals.flatMap(({ name, account, accountId, removal }) =>
    removal === undefined || removal.steps.length === 0 ? [] : [{ name, account, accountId, steps: removal.steps }],
  );

const destroy = (flags: DestroyFlags, context: CommandContext): Promise<number> =>
  withEstate(flags, context, async estate => {
    const { signal } = estate;
    const options = { deleteBucketWithData: flags.deleteBucketWithData === true, signal };
    const removals = await planRemovals(estate.resources, estate.connections, options);
    context.stdout.write(renderRemovals(removals, context.stdout));
    const works = removalWorks(removals);
    const unread = removals.filter(({ error }) => error !== undefined).length;
    if (works.length > 0 && flags.yes !== true) {
      // Deleting is never taken for granted: without a terminal it has to be said.
      if (!canAsk(context)) {
        throw new InventoryError('usage', 'destroy asks at a terminal, and there is none', { remedy: 'Say --yes.' });
      }
      if (!(await askYes('Delete these?', context, signal))) {
        context.stderr.write('Nothing was deleted.\n');
        return 0;
      }
    }
    return finish(await doWork(works, showWork(context), signal), unread, context);
  });

const output = () => new Option('--output <format>', 'what stdout gets').choices(['table', 'json']).default('table');

const example = (command: string): string =>
  `\nExample:\n  aws-inventory infrastructure ${command} --billing-aws-profile billing-admin --security-aws-profile security-admin \\\n    --inventory-bucket-name my-inventory-bucket --oidc-provider-prod oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF`;

const planCommand = (context: CommandContext, exit: (code: number) => void): Command =>
  addEstateFlags(new Command('plan'))
    .description('what apply would do, resource by resource and attribute by attribute; writes nothing')
    .addOption(output())
    .option('--replace', 'with what it would take away from others')
    .option('--exit-code', 'end with 3 when there is something to do')
    .addHelpText('after', example('plan'))
    .action(async (flags: PlanFlags) => exit(await plan(flags, context)));

const applyCommand = (context: CommandContext, exit: (code: number) => void): Command =>
  addEstateFlags(new Command('apply'))
    .description('show the plan, ask at a terminal, and make it so; may be started again at any time')
    .addOption(output())
    .option('--yes', 'do not ask')
    .option('--replace', 'take away what others have put into our roles, trusts and bucket policy')
    .addHelpText('after', example('apply'))
    .action(async (flags: ApplyFlags) => exit(await apply(flags, context)));

const destroyCommand = (context: CommandContext, exit: (code: number) => void): Command =>
  addEstateFlags(new Command('destroy'))
    .description('delete what apply has made, and nothing else; asks first')
    .option('--yes', 'do not ask')
    .option('--delete-bucket-with-data', 'the bucket too, with every report in it')
    .addHelpText('after', example('destroy'))
    .action(async (flags: DestroyFlags) => exit(await destroy(flags, context)));

export const infrastructureCommand = (context: CommandContext, exit: (code: number) => void): Command => {
  const command = new Command('infrastructure').description(
    'the roles, OIDC providers and the bucket that a fleet needs in AWS: plan, apply, destroy, export',
  );
  for (const make of [planCommand, applyCommand, destroyCommand])
    command.addCommand(make(context, exit).copyInheritedSettings(command));
  command.addCommand(exportCommand(context).copyInheritedSettings(command));
  return command;
};
