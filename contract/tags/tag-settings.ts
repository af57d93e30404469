// The section `tags` of the settings: which tags resources have to carry, and which resources are left out.
import * as z from 'zod';
import { accountIdSchema } from '../account.ts';
import type { RequiredTag } from './tag-report.ts';
import { anyValue, type TagRules } from './tag-rules.ts';

/** As reports/tags/exclusions.ts reads them. */
export const exclusionSchema = z.string().superRefine((pattern, context) => {
  if (/[^*\s:]/.test(pattern)) return;
  context.addIssue({ code: 'custom', message: 'it would leave out every resource', input: pattern });
});

const patterns = z.array(z.string().min(1)).min(1);

const requiredTag = z
  .union([
    z.string().min(1),
    z.strictObject({
      key: z.string().min(1),
      values: patterns.optional().describe('Allowed ones, * standing for any characters; any value when left out.'),
      types: patterns.optional().describe('CloudFormation types that have to carry it, with *; all when left out.'),
    }),
  ])
  .transform((tag): RequiredTag => {
    if (typeof tag === 'string') return anyValue(tag);
    return { key: tag.key, values: tag.values ?? null, types: tag.types ?? null };
  });

const rules = {
  required: z
    .array(requiredTag)
    .superRefine((tags, context) => {
      for (const [index, { key }] of tags.entries()) {
        if (tags.findIndex(other => other.key === key) === index) continue;
        context.addIssue({ code: 'custom', path: [index], message: 'this key is required twice', input: key });
      }
    })
    .describe('Keys, or keys with their allowed values and the types that have to carry them.'),
  exclude: z.array(exclusionSchema).describe('Resources that are left out: pod, ecs:task, eks:*, AWS::ECS::*.'),
};

export const tagSettingsSchema = z.strictObject({
  required: rules.required.default([]),
  exclude: rules.exclude.default([]),
  overrides: z
    .record(accountIdSchema, z.strictObject(rules).partial())
    .default({})
    .describe('For single accounts: what is named here stands for what is named above.'),
});

export type TagSettings = z.output<typeof tagSettingsSchema>;

export const chooseTags = ({ overrides, ...all }: TagSettings, account: string): TagRules => {
  const own = overrides[account] ?? {};
  return { required: own.required ?? all.required, exclude: own.exclude ?? all.exclude };
};
