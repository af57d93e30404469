// An outcome that the settings expect of types and regions, as it travels from the orchestrator to the scan.
import * as z from 'zod';

/** `*` stands for any characters. */
export const acceptedOutcomeSchema = z.object({
  type: z.string(),
  region: z.string(),
  outcome: z.string(),
  reason: z.string(),
});
