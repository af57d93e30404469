// What scan asks of a tool, and where: stands as JSON in one variable of the tool's environment.
import * as z from 'zod';
import { accountIdSchema } from '../../contract/account.ts';
import { type ServiceKey, services } from '../../contract/catalogue/services.ts';
import { InventoryError } from '../../contract/errors.ts';

/** The variable that holds it. */
export const toolOrderVariable = 'INVENTORY_TOOL_ORDER';

const serviceKeys = services.map(service => service.key) as [ServiceKey, ...ServiceKey[]];

export const toolOrderSchema = z.object({
  account: accountIdSchema,
  partition: z.string().min(1),
  /** Where the first call goes. */
  region: z.string().min(1),
  regions: z.union([z.literal('enabled'), z.array(z.string())]),
  services: z.union([z.literal('all'), z.array(z.enum(serviceKeys))]),
  maxPerType: z.number().int().positive().nullable(),
  credentialsFile: z.string().min(1),
  reportsDirectory: z.string().min(1),
  /** The tool leaves its ToolResult here, whole or not at all. */
  resultFile: z.string().min(1),
  /** Seconds after its start in which the tool has to come to its end by itself. */
  seconds: z.number().positive(),
});
export type ToolOrder = z.infer<typeof toolOrderSchema>;

/** The catalogue's services by the names that settings use: its own keys, or aws-recon's names. Throws `usage`. */
export const chooseServices = (names: 'all' | readonly string[]): 'all' | ServiceKey[] => {
  if (names === 'all') return 'all';
  const known = new Map<string, ServiceKey>(
    services.flatMap(({ key, reconName }) => [
      [key, key],
      [reconName.toLowerCase(), key],
    ]),
  );
  const unknown = names.filter(name => !known.has(name.toLowerCase()));
  if (unknown.length === 0) return [...new Set(names.flatMap(name => known.get(name.toLowerCase()) ?? []))];
  throw new InventoryError('usage', `inventory.services has names that are no services: ${JSON.stringify(unknown)}`, {
    remedy: `Use all, or names out of ${serviceKeys.join(', ')}.`,
  });
};
