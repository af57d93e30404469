// The bytes of a result → what its metrics say: a document of any generation of driftctl, or of `aws-inventory drift`. Pure.
import * as z from 'zod';
import { engineOutcomeSchema } from '../../contract/drift/drift-report.ts';
import { type DriftctlDocument, driftctlDocumentSchema } from '../../contract/drift/driftctl-document.ts';

export interface DriftctlResult {
  readonly document: DriftctlDocument;
  readonly engine: 'ours' | 'driftctl';
  /** driftctl's own where a document says it; else what its form tells: `<=0.39` or `>=0.40`. Empty for our engine. */
  readonly version: string;
  /** Whether attributes were compared. Where they were not, `total_changed` is 0 whatever has changed. */
  readonly comparesChanges: boolean;
}

/** Keys that `aws-inventory drift` adds. */
const addedSchema = z.object({
  engine: z.enum(['ours', 'driftctl']).default('driftctl'),
  engines: z
    .array(engineOutcomeSchema.pick({ engine: true, version: true }))
    .nullish()
    .transform(engines => engines ?? []),
});

/** Up to 0.39 there is always a list of differences, and a count of them. */
const generationOf = ({ summary }: { summary?: unknown }): string =>
  z.object({ total_changed: z.number() }).safeParse(summary).success ? '<=0.39' : '>=0.40';

const decode = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
};

/** In one line why it is none, when it is none. */
export const readDriftctlResult = (bytes: Uint8Array): DriftctlResult | string => {
  const value = decode(bytes);
  if (value === undefined) return 'it is no JSON, or not whole';
  const parsed = driftctlDocumentSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `it is no result of driftctl: ${issue?.path.join('.') || 'the document'}: ${issue?.message ?? ''}`;
  }
  const document = parsed.data;
  const added = addedSchema.safeParse(value).data ?? { engine: 'driftctl' as const, engines: [] };
  const stated = added.engines.find(({ engine }) => engine === added.engine)?.version;
  return {
    document,
    engine: added.engine,
    version: stated ?? (added.engine === 'ours' ? '' : generationOf(value as object)),
    comparesChanges: document.options?.deep === true || document.summary.total_changed > 0,
  };
};
