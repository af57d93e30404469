// What `assume` reads back, and the sidecar that renews what it has written.
import * as z from 'zod';
import { jsonVariable } from '../json-variable.ts';
import { sharedVariables } from './every-container.ts';

/** INVENTORY_CREDENTIALS_FILE is not AWS_SHARED_CREDENTIALS_FILE, which would make an old file a source. */
export const assumeEnvironmentSchema = z.object({
  ...sharedVariables,
  INVENTORY_ROLE_ARN: z.string().startsWith('arn:'),
  INVENTORY_SESSION_NAME: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  INVENTORY_EXTERNAL_ID: z.string().optional(),
  INVENTORY_SOURCE_IDENTITY: z.string().optional(),
  INVENTORY_CREDENTIALS_FILE: z.string().min(1),
  // Of the session that reads states.
  INVENTORY_STATE_ROLE_ARN: z.string().startsWith('arn:').optional(),
  INVENTORY_STATE_EXTERNAL_ID: z.string().optional(),
  INVENTORY_STATE_FROM: jsonVariable(z.array(z.string())).optional(),
  INVENTORY_STATE_KMS_KEYS: jsonVariable(z.array(z.string())).optional(),
});

/** `refresh` reads this beside what assume does. */
export const refreshEnvironmentSchema = assumeEnvironmentSchema.extend({
  /** Of the loopback address; without it nothing is served, and the file alone is kept fresh. */
  INVENTORY_REFRESH_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** Of all addresses of the pod: says that it is ready, and nothing else. */
  INVENTORY_READY_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** The file of the token that who asks has to send. */
  INVENTORY_REFRESH_TOKEN_FILE: z.string().min(1).optional(),
});
