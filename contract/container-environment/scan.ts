// What our own `scan` reads back.
import * as z from 'zod';
import { acceptedOutcomeSchema } from '../accepted-outcome.ts';
import { driftFactsSchema } from '../drift/drift-facts.ts';
import { ignoreRuleSchema } from '../drift/ignore-rule.ts';
import { jsonVariable } from '../json-variable.ts';
import { tagFactsSchema } from '../tags/tag-facts.ts';
import { sharedVariables } from './every-container.ts';

const list = z.string().transform(text => text.split(',').filter(part => part !== ''));
const positiveInteger = z.coerce.number().int().positive();

export const scanEnvironmentSchema = z.object({
  ...sharedVariables,
  INVENTORY_REGIONS: z.union([z.literal('enabled'), list]),
  INVENTORY_SERVICES: z.union([z.literal('all'), list]),
  INVENTORY_TYPES: list.optional(),
  INVENTORY_EXCLUDE: list.optional(),
  INVENTORY_ACCEPTED: z
    .string()
    .transform(text => z.array(acceptedOutcomeSchema).parse(JSON.parse(text)))
    .optional(),
  INVENTORY_MAX_PER_TYPE: positiveInteger.optional(),
  INVENTORY_SCAN_SECONDS: positiveInteger,
  INVENTORY_REPORTS_DIRECTORY: z.string().min(1),
  /** Read once, as every SDK reads it. */
  AWS_SHARED_CREDENTIALS_FILE: z.string().min(1).optional(),
  /** In its place where a sidecar keeps the file fresh: it is read again and again. */
  INVENTORY_CREDENTIALS_FILE: z.string().min(1).optional(),
  /** Without it nothing is compared. */
  INVENTORY_DRIFT_FROM: jsonVariable(z.array(z.string())).optional(),
  INVENTORY_DRIFT_ENGINE: driftFactsSchema.shape.engine.optional(),
  INVENTORY_DRIFT_PROBLEM: z.string().optional(),
  INVENTORY_DRIFT_IGNORE: jsonVariable(z.array(ignoreRuleSchema)).optional(),
  INVENTORY_DRIFT_STATE_ROLE_ARN: z.string().startsWith('arn:').optional(),
  INVENTORY_DRIFT_STATE_REGION: z.string().optional(),
  /** Directory of a Secret: a file for each token, under the name that Terraform's backends read it by. */
  INVENTORY_DRIFT_TOKENS: z.string().optional(),
  /** Without it no tag is required. */
  INVENTORY_TAGS: jsonVariable(tagFactsSchema).optional(),
});
