// What driftctl writes, read with every doubt: both generations of its JSON, so that drift.json can say the same and more.
import * as z from 'zod';
import { driftAlertsSchema, driftChangeSchema, driftItemSchema } from './drift-report.ts';

const count = z.number().int().nonnegative();

/** Go writes an empty list as null. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform(items => items ?? []);

/** An item as driftctl lists it; `region` is ours, and stands there once the runs of several regions are one document. */
export const driftctlItemSchema = driftItemSchema
  .pick({ id: true, type: true, human_readable_attributes: true, source: true, region: true })
  .loose();
export type DriftctlItem = z.infer<typeof driftctlItemSchema>;

/** driftctl's own `type` of a change is `create`, `update` or `delete`: an attribute that came, changed or went. */
const driftctlChangeSchema = driftChangeSchema
  .extend({ type: z.string(), computed: z.boolean().default(false) })
  .loose();

export const driftctlDifferenceSchema = z
  .object({ res: driftctlItemSchema, changelog: listOf(driftctlChangeSchema) })
  .loose();
export type DriftctlDifference = z.infer<typeof driftctlDifferenceSchema>;

const driftctlSummarySchema = z
  .object({
    total_resources: count,
    /** Up to 0.39; later ones do not compare attributes. */
    total_changed: count.default(0),
    total_unmanaged: count,
    total_missing: count,
    total_managed: count,
    total_iac_source_count: count.default(0),
  })
  .loose();

/**
 * The document of `driftctl scan -o json://…`, 0.20 to 0.40. Keys that it does not have get the value that says "none":
 * lists are empty, `total_changed` is 0. Keys that nobody knows are kept.
 */
export const driftctlDocumentSchema = z
  .object({
    /** Up to 0.39. */
    options: z
      .object({
        deep: z.boolean().default(false),
        only_managed: z.boolean().default(false),
        only_unmanaged: z.boolean().default(false),
      })
      .loose()
      .optional(),
    summary: driftctlSummarySchema,
    managed: listOf(driftctlItemSchema),
    unmanaged: listOf(driftctlItemSchema),
    missing: listOf(driftctlItemSchema),
    /** Up to 0.39, and there in its deep mode alone. */
    differences: listOf(driftctlDifferenceSchema),
    coverage: z.number().int().min(0).max(100),
    /** By Terraform type, or `` for what is about the whole. */
    alerts: driftAlertsSchema.nullish().transform(alerts => alerts ?? {}),
    provider_name: z.string().default(''),
    /** Empty where driftctl took its default. */
    provider_version: z.string().default(''),
    /** Seconds; driftctl leaves it out when it is 0. */
    scan_duration: z.number().nonnegative().default(0),
    /** RFC 3339. */
    date: z.string().default(''),
  })
  .loose();
export type DriftctlDocument = z.infer<typeof driftctlDocumentSchema>;

/** The sum of the lists, as driftctl counts: the total is what is managed, unmanaged and missing. */
export const summarizeDocument = (
  lists: Pick<DriftctlDocument, 'managed' | 'unmanaged' | 'missing' | 'differences'>,
) => {
  const [managed, unmanaged, missing] = [lists.managed.length, lists.unmanaged.length, lists.missing.length];
  return {
    total_resources: managed + unmanaged + missing,
    total_changed: lists.differences.length,
    total_unmanaged: unmanaged,
    total_missing: missing,
    total_managed: managed,
  };
};

/** Percent that is managed, cut to a whole number; 0 of nothing. In 32 bits, as driftctl reckons: 29 of 100 must not become 28. */
export const coverageOf = (managed: number, total: number): number =>
  total === 0 ? 0 : Math.trunc(Math.fround(Math.fround(managed / total) * 100));

/** Whether this version compares attributes: up to 0.39. */
const hasDifferences = (version: string): boolean => {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) === 0 && Number(minor) < 40;
};

/** Of the first generation these have to be there: without them "nothing changed" would be made up. */
const firstGeneration = z.object({
  summary: z.object({ total_changed: count }).loose(),
  differences: z.array(z.unknown()).nullable(),
});

/**
 * The document that a driftctl of this version (`v0.40.0`) has written, or in one line why it is none. Which generation it is
 * of is decided by the version: a later one has no differences, whatever stands there.
 */
export const parseDriftctlDocument = (value: unknown, version: string): DriftctlDocument | string => {
  const isFirst = hasDifferences(version);
  const parsed = driftctlDocumentSchema.safeParse(value);
  const lack = isFirst ? firstGeneration.safeParse(value).error : undefined;
  const issue = (parsed.error ?? lack)?.issues[0];
  if (parsed.data === undefined || issue !== undefined) {
    return `its document is not that of driftctl ${version}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
  }
  if (isFirst) return parsed.data;
  return { ...parsed.data, differences: [], summary: { ...parsed.data.summary, total_changed: 0 } };
};
