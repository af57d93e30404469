// What a container of the preflight's Job reads, beside its order.
import * as z from 'zod';
import { sharedVariables } from './every-container.ts';

export const preflightEnvironmentSchema = z
  .object(sharedVariables)
  .pick({ AWS_REGION: true, INVENTORY_TERMINATION_MESSAGE: true });
