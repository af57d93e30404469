// What can be chosen of the exporter, by flags at a terminal and by variables in a container: one schema for both.
import * as z from 'zod';
import { seedMetrics } from './metrics/seed-families.ts';

const wholeNumber = (from: number, to: number) =>
  z.coerce.number(`not a number from ${from} to ${to}`).int().min(from).max(to);

export const exporterChoiceSchema = z.object({
  host: z.string().min(1).default('0.0.0.0'),
  port: wholeNumber(0, 65_535).default(8080),
  /** Seconds between two looks at the results. */
  interval: wholeNumber(1, 86_400).default(60),
  maxSeries: wholeNumber(1_000, 10_000_000).default(100_000),
  /** Types of an account that have series of their own; the others are `other`. */
  topTypes: wholeNumber(0, 1_000).default(25),
  /** Families of the earlier exporters that are served beside ours. */
  seedMetrics: z.array(z.enum(seedMetrics)).default([]),
});
export type ExporterChoice = z.infer<typeof exporterChoiceSchema>;
