// Totals of a manifest: what accounts have drifted by, and that nothing is said of it where nothing was compared.
import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../../contract/manifest.ts';
import type { ScanCounts } from '../../contract/outcome.ts';
import { buildManifest, finishedRow } from '../../orchestrator/manifest.ts';
import { account, job, plan } from './fixtures.ts';

const drift = { coverage: 50, managed: 4, unmanaged: 3, missing: 1, changed: 2, stack: 5, service: 6, unknown: 7 };
const counts = (more: Partial<ScanCounts> = {}): ScanCounts => ({
  resources: 9,
  types: { attempted: 1 },
  cells: {},
  ...more,
});

const manifestOf = (...all: readonly (ScanCounts | null)[]) => {
  const accounts = all.map((_, index) => account(String(111_111_111_111 + index)));
  const made = plan(accounts);
  const rows = made.planned.map((planned, index) =>
    finishedRow({
      planned,
      job: job(),
      verdict: {
        ...{ outcome: 'succeeded', code: null, message: null, remedy: null, reports: [], needsUploadRecord: false },
        counts: all[index] ?? null,
      },
    }),
  );
  return buildManifest(made, rows, { finishedAt: '2026-11-22T00:01:00.000Z', version: '0', templateVersion: 'x' });
};

describe('the totals', () => {
  it('are sums over the accounts that were compared', () => {
    const manifest = manifestOf(counts({ drift }), counts(), null, counts({ drift: { ...drift, missing: 0 } }));
    expect(manifest.totals).toMatchObject({ accounts: 4, resources: 27, unmanaged: 6, missing: 1, changed: 4 });
    expect(manifestSchema.parse(JSON.parse(JSON.stringify(manifest))).accounts[0]?.counts?.drift).toEqual(drift);
  });

  it('say nothing of drift where none was looked for', () => {
    expect(manifestOf(counts(), null).totals).not.toHaveProperty('unmanaged');
  });

  it('are sums over the accounts whose tags were checked, and absent where none was', () => {
    const tags = { checked: 10, compliant: 7, untagged: 2 };
    const { totals } = manifestOf(counts({ tags }), counts(), null, counts({ tags: { ...tags, untagged: 0 } }));
    expect(totals).toMatchObject({ tagged: { checked: 20, compliant: 14 }, untagged: 2 });
    expect(manifestOf(counts()).totals).not.toHaveProperty('tagged');
  });
});
