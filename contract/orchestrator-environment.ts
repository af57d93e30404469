// The environment of the orchestrator's container, beside the pipeline's variables that the settings read.
import * as z from 'zod';
import { jsonVariable } from './json-variable.ts';

export const orchestratorEnvironmentSchema = z.object({
  /** Of the Job whose pod this is, by the downward API: no right to read pods is needed for it. */
  INVENTORY_JOB_NAME: z.string().min(1),
  INVENTORY_JOB_UID: z.string().min(1),
  /** Directory with token, ca.crt and namespace, as the API server mounts it. */
  INVENTORY_SERVICE_ACCOUNT_DIRECTORY: z.string().min(1),
  KUBERNETES_SERVICE_HOST: z.string().min(1),
  INVENTORY_TERMINATION_MESSAGE: z.string().min(1),
  /** File of the settings; there may be none. */
  INVENTORY_CONFIG: z.string().min(1).optional(),
  /** Settings as a JSON tree, above the file and the pipeline's variables: what a person narrowed this run to. */
  INVENTORY_SETTINGS: jsonVariable(z.record(z.string(), z.unknown())).optional(),
  /** Run whose failed and partial accounts alone are visited: `<run>` or `YYYY-MM-DD/<run>`. */
  INVENTORY_RETRY: z.string().min(1).optional(),
});
