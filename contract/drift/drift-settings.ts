// The section `drift` of the settings: where the states of each account lie, who may read them, and which drift is accepted.
import * as z from 'zod';
import { accountIdSchema } from '../account.ts';
import { InventoryError } from '../errors.ts';
import { regionName, roleArn } from '../setting-forms.ts';
import { ignoreRuleSchema } from './ignore-rule.ts';
import { fillStateTemplate, parseStateLocation } from './state-location.ts';

export const driftEngineSchema = z.enum(['ours', 'driftctl', 'both']);
export type DriftEngine = z.infer<typeof driftEngineSchema>;

const tagPlaces = /\{tag:([^{},]*)\}/g;

/** The template with the values of an account that has all that it asks for. */
const fillWithSample = (template: string): string =>
  fillStateTemplate(template, {
    accountId: '111122223333',
    accountName: 'name',
    path: ['unit'],
    tags: Object.fromEntries([...template.matchAll(tagPlaces)].map(([, key = '']) => [key, 'value'])),
  });

/** `user:password@` of a URL; settings and Jobs are for everybody to read. */
const withPassword = /^tfstate\+https?:\/\/[^/]*@/;
/** `?private_token=…`, `?sig=…`, `&X-Amz-Signature=…`: names of what lets somebody in. */
const withToken =
  /^tfstate\+https?:\/\/[^?]*\?(?:.*&)?[\w-]*(?:token|secret|password|signature|sig|key|sas|auth)[\w-]*=/i;

const problemOf = (template: string): string | undefined => {
  if (withPassword.test(template) || withToken.test(template)) {
    return 'no user, token or password belongs into settings: put STATE_HEADERS into the Secret of the component drift-tokens';
  }
  try {
    parseStateLocation(fillWithSample(template));
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof InventoryError)) throw thrown;
    return `${thrown.message}. ${thrown.remedy}`;
  }
};

const stateTemplate = z.string().superRefine((template, context) => {
  const message = problemOf(template);
  // The message has what can be shown; the template itself, which would be quoted beside it, may hold a password.
  if (message !== undefined) context.addIssue({ code: 'custom', message, input: { template: 'not shown' } });
});

const kmsKeyArn = z.string().regex(/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'not the ARN of a KMS key');

const stateAccess = {
  role: roleArn
    .optional()
    .describe(
      'Role that reads the states in S3, when the role of the account may not: assumed with the runner’s identity, and narrowed to the states of the account.',
    ),
  externalId: z.string().min(2).optional(),
  region: regionName.optional().describe('Of the buckets of states; the region of the run otherwise.'),
  kmsKeys: z
    .array(kmsKeyArn)
    .optional()
    .describe('Keys that OpenTofu encrypts states with; those of the buckets need not be named.'),
};

const choice = {
  engine: driftEngineSchema
    .optional()
    .describe('Ours, driftctl, or both; without it both where the image has driftctl, ours elsewhere.'),
  from: z
    .array(stateTemplate)
    .describe(
      'Where the states of an account lie, such as tfstate+s3://states/{account_id}/**/*.tfstate; {account_name}, {ou}, {ou_path} and {tag:KEY} stand for their values.',
    ),
  state: z.strictObject(stateAccess),
  ignore: z.array(ignoreRuleSchema).describe('Drift that is accepted; what a rule hides is counted.'),
};

/** The rules travel in one variable of a container, and in the Job of every account. */
const longestRules = 48 * 1024;

const refuseLongRules = (rules: readonly unknown[], context: z.RefinementCtx): void => {
  const length = Buffer.byteLength(JSON.stringify(rules));
  if (length <= longestRules) return;
  const message = `the rules take ${length} bytes, and ${longestRules} is the most: write fewer, with *`;
  context.addIssue({ code: 'custom', message });
};

export const driftSettingsSchema = z.strictObject({
  engine: choice.engine,
  from: choice.from.default([]),
  state: choice.state.prefault({}),
  ignore: choice.ignore.superRefine(refuseLongRules).default([]),
  overrides: z
    .record(
      accountIdSchema,
      z.strictObject({ ...choice, ignore: choice.ignore.superRefine(refuseLongRules).optional() }).partial(),
    )
    .default({})
    .describe(
      'For single accounts: what is named here stands for what is named above, and its rules join those above. An empty from is no drift.',
    ),
});
export type DriftSettings = z.output<typeof driftSettingsSchema>;

/** What is compared of one account. */
export type DriftChoice = Pick<DriftSettings, 'engine' | 'from' | 'state' | 'ignore'>;

/** What the settings say of the account; undefined when they name no state of it. */
export const chooseDrift = ({ overrides, ...all }: DriftSettings, account: string): DriftChoice | undefined => {
  const own = overrides[account] ?? {};
  const from = own.from ?? all.from;
  if (from.length === 0) return undefined;
  return {
    engine: own.engine ?? all.engine,
    from,
    state: { ...all.state, ...own.state },
    ignore: [...all.ignore, ...(own.ignore ?? [])],
  };
};

const templatesOf = ({ from, overrides }: DriftSettings): string[] => [
  ...from,
  ...Object.values(overrides).flatMap(own => own.from ?? []),
];

/** Whether some template asks for organizational units: reading the tree costs calls that others need not allow. */
export const driftNeedsTree = (drift: DriftSettings): boolean =>
  templatesOf(drift).some(template => /\{ou(_path)?\}/.test(template));

/** The same for tags of accounts. */
export const driftNeedsTags = (drift: DriftSettings): boolean =>
  templatesOf(drift).some(template => template.search(tagPlaces) >= 0);
