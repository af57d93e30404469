// What scan asks of a tool, and where: stands as JSON in one variable of the tool's environment.
import * as z from 'zod';
import { acceptedOutcomeSchema } from '../../contract/accepted-outcome.ts';
import { accountIdSchema } from '../../contract/account.ts';
import { unknownServices } from '../../contract/catalogue/service-names.ts';
import { InventoryError } from '../../contract/errors.ts';

/** The variable that holds it. */
export const toolOrderVariable = 'INVENTORY_TOOL_ORDER';

/**
 * Of Node, for the inventory: V8 would let its heap double before it looks for garbage, of which every page leaves much.
 * 430 MiB are 260 with them, for a tenth more CPU (npm run bench:inventory).
 */
export const inventoryFlags: readonly string[] = ['--max-semi-space-size=16', '--heap-growing-percent=50'];

export const toolOrderSchema = z.object({
  account: accountIdSchema,
  partition: z.string().min(1),
  /** Where the first call goes. */
  region: z.string().min(1),
  regions: z.union([z.literal('enabled'), z.array(z.string())]),
  selection: z.object({
    services: z.union([z.literal('all'), z.array(z.string())]),
    types: z.array(z.string()),
    exclude: z.array(z.string()),
  }),
  accepted: z.array(acceptedOutcomeSchema),
  maxPerType: z.number().int().positive().nullable(),
  credentialsFile: z.string().min(1),
  /** The file is kept fresh while the tool runs. */
  keptFresh: z.boolean().optional(),
  reportsDirectory: z.string().min(1),
  /** The tool leaves its ToolResult here, whole or not at all. */
  resultFile: z.string().min(1),
  /** Seconds after its start in which the tool has to come to its end by itself. */
  seconds: z.number().positive(),
});
export type ToolOrder = z.infer<typeof toolOrderSchema>;

/** Throws `usage` for names that are no services: a scan of none of them would be green, and blind. */
export const checkServices = (names: 'all' | readonly string[]): void => {
  const unknown = unknownServices(names);
  if (unknown.length === 0) return;
  throw new InventoryError('usage', `inventory.services has names that are no services: ${JSON.stringify(unknown)}`, {
    remedy: 'Use all, or names of the catalogue such as ec2; config.schema.json lists them.',
  });
};
