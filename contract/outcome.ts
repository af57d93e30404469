// What became of an account, and the message in which a container says it: the pod's only way to speak to the orchestrator.
import * as z from 'zod';
import { errorCatalogue } from './error-catalogue.ts';
import { errorCodeSchema } from './error-code.ts';

export const outcomeSchema = z.enum(['succeeded', 'partial', 'failed', 'skipped']);
export type Outcome = z.infer<typeof outcomeSchema>;

/** One uploaded object. `bytes` and `sha256` are of the object's body, which is the report file unchanged. */
export const uploadedReportSchema = z.object({
  kind: z.string(),
  key: z.string(),
  versionId: z.string().nullable(),
  sha256: z.string(),
  bytes: z.number().int().nonnegative(),
});
export type UploadedReport = z.infer<typeof uploadedReportSchema>;

const count = z.number().int().nonnegative();

/** Distinct types by what became of them in all regions: the worst outcome counts, and `listed` before `empty`. */
export const typeCountsSchema = z.object({ attempted: count }).catchall(count);
export type TypeCounts = z.infer<typeof typeCountsSchema>;

/** Resources by what the states say of them: counts.drift. Those that were zero may be left out where they are written. */
export const driftCountsSchema = z.object({
  /** Percent of managed, unmanaged and missing ones together that states manage, cut to a whole number. */
  coverage: count.max(100),
  /** Changed ones included. */
  managed: count.default(0),
  unmanaged: count.default(0),
  missing: count.default(0),
  changed: count.default(0),
  /** Of CloudFormation and CDK. */
  stack: count.default(0),
  service: count.default(0),
  /** Nothing could be said of them. */
  unknown: count.default(0),
});
export type DriftCounts = z.infer<typeof driftCountsSchema>;

/** Resources that must carry tags: counts.tags. */
export const tagCountsSchema = z.object({
  checked: count,
  /** With every required tag and an allowed value. */
  compliant: count,
  /** Without any tag. */
  untagged: count,
});
export type TagCounts = z.infer<typeof tagCountsSchema>;

/** What the scan counted: resources, types, and (region, type) cells by their outcome. */
export const scanCountsSchema = z.object({
  resources: count,
  /** Runs before there were any counted cells alone. */
  types: typeCountsSchema.default({ attempted: 0 }),
  cells: z.record(z.string(), count),
  /** Cells whose bad outcome the settings expect. */
  accepted: count.optional(),
  /** Absent where nothing was compared. */
  drift: driftCountsSchema.optional(),
  /** Absent where no tag is required. */
  tags: tagCountsSchema.optional(),
  /** compliant ÷ checked of `tags`, to three places; absent where nothing was checked. */
  compliance: z.number().min(0).max(1).optional(),
});
export type ScanCounts = z.infer<typeof scanCountsSchema>;

/** A termination message. Keys that are missing were not known, or did not fit. */
export const containerMessageSchema = z.object({
  outcome: outcomeSchema.exclude(['skipped']),
  code: errorCodeSchema.optional(),
  message: z.string().optional(),
  remedy: z.string().optional(),
  counts: scanCountsSchema.optional(),
  /** Of `upload` alone: without the key, which follows from the kind. */
  reports: z.array(uploadedReportSchema.omit({ key: true })).optional(),
  /** How many reports the message had no room for; they stand in upload_<account>.json. */
  reportsOmitted: z.number().int().positive().optional(),
});
export type ContainerMessage = z.infer<typeof containerMessageSchema>;

/** The kubelet shares 12 KiB among a pod's containers and cuts in the middle of a character: 1,024 bytes each are never cut. */
export const containerMessageBytes = 1024;

const bytesOf = (message: ContainerMessage): number => Buffer.byteLength(JSON.stringify(withoutZeros(message)));

/** Bytes that a text takes inside JSON, where a control character becomes six. */
const writtenBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

/** Cuts a text to a number of bytes as JSON writes them, at a whole character, with an ellipsis where something went. */
export const cutText = (text: string, bytes: number): string => {
  if (writtenBytes(text) <= bytes) return text;
  const room = bytes - writtenBytes('…');
  let used = 0;
  let cut = '';
  for (const character of text) {
    used += writtenBytes(character);
    if (used > room) break;
    cut += character;
  }
  return room < 0 ? '' : `${cut}…`;
};

/** Kinds whose keys the manifest cannot do without: the inventory, and what it could not see. */
const firstKinds: ReadonlySet<string> = new Set(['recon', 'scan']);

/** The reports less one: the last that a reader can do without, and only then one of the others. */
const dropReport = <Report extends { readonly kind: string }>(reports: readonly Report[]): Report[] => {
  const last = reports.findLastIndex(({ kind }) => !firstKinds.has(kind));
  return reports.toSpliced(last, 1);
};

/** The reader fills in the zeros, which would take the room of a report. */
const withoutZeros = (message: ContainerMessage): object => {
  const { counts } = message;
  if (counts?.drift === undefined) return message;
  const { coverage, ...rest } = counts.drift;
  const drift = { coverage, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value > 0)) };
  return { ...message, counts: { ...counts, drift } };
};

/** The message as whole JSON of at most 1,024 bytes: texts are cut first, then reports are left to the upload record. */
export const renderContainerMessage = (message: ContainerMessage): string => {
  let fitted: ContainerMessage = message;
  // The remedy of the catalogue need not travel: the reader has the same catalogue.
  if (fitted.code !== undefined && fitted.remedy === errorCatalogue[fitted.code].remedy) {
    const { remedy: _same, ...rest } = fitted;
    fitted = rest;
  }
  for (const limit of [400, 200, 100]) {
    if (bytesOf(fitted) <= containerMessageBytes) break;
    if (fitted.message !== undefined) fitted = { ...fitted, message: cutText(fitted.message, limit) };
    if (fitted.remedy !== undefined) fitted = { ...fitted, remedy: cutText(fitted.remedy, limit) };
  }
  let omitted = 0;
  while (bytesOf(fitted) > containerMessageBytes && fitted.reports !== undefined && fitted.reports.length > 0) {
    omitted += 1;
    fitted = { ...fitted, reports: dropReport(fitted.reports), reportsOmitted: omitted };
  }
  return JSON.stringify(withoutZeros(fitted));
};

/** A termination message as a program of ours wrote it; undefined for a foreign text, a cut one, or none. */
export const parseContainerMessage = (text: string | null | undefined): ContainerMessage | undefined => {
  if (text === null || text === undefined || text === '') return undefined;
  try {
    const parsed = containerMessageSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};
