// What is stamped onto an account's Job about its tags: which of them its resources have to carry.
import * as z from 'zod';
import { requiredTagSchema } from './tag-report.ts';
import type { TagRules } from './tag-rules.ts';

export const tagFactsSchema = z.object({
  required: z.array(requiredTagSchema).min(1),
  /** As settings write them. */
  exclude: z.array(z.string()),
}) satisfies z.ZodType<TagRules>;
export type TagFacts = z.infer<typeof tagFactsSchema>;

export const scanTagEnvironment = (tags: TagFacts | undefined): Record<string, string> =>
  tags === undefined ? {} : { INVENTORY_TAGS: JSON.stringify(tags) };
