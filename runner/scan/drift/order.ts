// What scan asks of the drift, beside what it asks of every tool: where the states lie, and what the inventory could see.
import * as z from 'zod';
import { driftFactsSchema } from '../../../contract/drift/drift-facts.ts';
import type { Cell } from '../../../contract/scan-report.ts';
import { toolOrderSchema } from '../tool-order.ts';

export const driftAskedSchema = driftFactsSchema
  .pick({ engine: true, from: true, problem: true, ignore: true })
  .extend({
    /** Its session stands in the credentials file, or why there is none. */
    stateRoleArn: z.string().optional(),
    /** Of the buckets of states. */
    stateRegion: z.string().optional(),
    /** Directory of state-tokens.ts. */
    tokensDirectory: z.string().optional(),
  });
export type DriftAsked = z.infer<typeof driftAskedSchema>;

export const driftToolOrderSchema = toolOrderSchema.extend({
  drift: driftAskedSchema,
  /** Rows of cells as JSON, of the inventory whose report lies in the reports directory. */
  cellsFile: z.string().min(1),
});
export type DriftToolOrder = z.infer<typeof driftToolOrderSchema>;

/** The regions that the inventory asked; without `global`. */
export const regionsOf = (cells: readonly Cell[]): string[] => {
  const regions = new Set(cells.filter(({ tier }) => tier !== 'account').map(({ region }) => region));
  regions.delete('global');
  return [...regions].sort((a, b) => (a < b ? -1 : 1));
};
