// Why there is no session for the states: written by `assume` into the credentials file, read by the drift of `scan`.
import * as z from 'zod';
import { errorCodeSchema } from '../error-code.ts';

/** No SDK looks for a profile of this name. */
export const refusalSection = 'state-refused';
export const refusalKey = 'refusal';

const refusalSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  remedy: z.string(),
});
export type StateRefusal = z.infer<typeof refusalSchema>;

/** One word of letters, digits, `-` and `_`: whatever STS said, no reader of credentials files can trip over it. */
export const renderRefusal = (refusal: StateRefusal): string =>
  Buffer.from(JSON.stringify(refusal)).toString('base64url');

/** undefined for what renderRefusal did not write. */
export const parseRefusal = (word: string): StateRefusal | undefined => {
  try {
    return refusalSchema.parse(JSON.parse(Buffer.from(word, 'base64url').toString()));
  } catch {
    return undefined;
  }
};
