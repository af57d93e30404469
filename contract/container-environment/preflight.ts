// What a container of the preflight's Job reads, beside its order.
import * as z from 'zod';
import { commonVariables } from './common.ts';

export const preflightEnvironmentSchema = z
  .object(commonVariables)
  .pick({ AWS_REGION: true, INVENTORY_TERMINATION_MESSAGE: true });
