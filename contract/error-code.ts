// A code of the error catalogue as other programs write it, in messages, manifests and answers.
import * as z from 'zod';
import { type ErrorCode, isErrorCode } from './error-catalogue.ts';

export const errorCodeSchema = z
  .string()
  .refine(isErrorCode, 'not a code of the error catalogue')
  .transform((code): ErrorCode => code as ErrorCode);
