// Termination messages: whole JSON within their bytes whatever they hold, and what a reader believes of them.
import { describe, expect, it } from 'vitest';
import {
  type ContainerMessage,
  cutText,
  parseContainerMessage,
  renderContainerMessage,
} from '../../contract/outcome.ts';
import { cellOutcomeSchema } from '../../contract/scan-report.ts';

const report = (kind: string) => ({ kind, versionId: 'v'.repeat(32), sha256: 'a'.repeat(64), bytes: 123_456_789 });

/** Every kind of cell that there is, and those that only types have. */
const everyOutcome = Object.fromEntries(
  [...cellOutcomeSchema.options, 'accepted', 'denied-by-scp'].map(outcome => [outcome, 1e6]),
);

const allDrifted = { managed: 1e9, unmanaged: 1e9, missing: 1e9, changed: 1e9, stack: 1e9, service: 1e9, unknown: 1e9 };

describe('a termination message', () => {
  const long = '💥'.repeat(2000);
  it.each<[string, ContainerMessage]>([
    ['a short one', { outcome: 'succeeded' }],
    ['a long text of wide characters', { outcome: 'failed', code: 'role-refused', message: long, remedy: long }],
    [
      'control characters, which JSON makes six times as long',
      { outcome: 'failed', code: 'unexpected', message: '\u0001'.repeat(3000), remedy: '\u001b"'.repeat(3000) },
    ],
    [
      'more reports than fit',
      { outcome: 'partial', message: long, reports: Array.from({ length: 30 }, (_, i) => report(`kind-${i}`)) },
    ],
    [
      'more kinds of cells than there are',
      {
        outcome: 'partial',
        message: long,
        counts: {
          resources: 1e9,
          types: { attempted: 1e4, ...everyOutcome },
          cells: everyOutcome,
          accepted: 1e6,
          drift: { coverage: 100, ...allDrifted },
        },
      },
    ],
  ])('is whole JSON of at most 1,024 bytes: %s', (_name, message) => {
    const text = renderContainerMessage(message);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
    expect(parseContainerMessage(text)).toMatchObject({ outcome: message.outcome });
  });

  it('of an account with drift has room for the three reports and all counts', () => {
    const types = { attempted: 1254, listed: 187, empty: 961, denied: 12, unsupported: 61, 'not-in-region': 33 };
    const cells = { listed: 1042, empty: 18_204, denied: 36, unsupported: 1037, 'not-in-region': 1214 };
    const drift = {
      coverage: 61,
      managed: 4312,
      unmanaged: 2718,
      missing: 12,
      changed: 45,
      stack: 310,
      service: 905,
      unknown: 17,
    };
    const message: ContainerMessage = {
      outcome: 'succeeded',
      counts: { resources: 18_204, types, cells, drift },
      reports: ['drift', 'recon', 'scan'].map(report),
    };
    expect(parseContainerMessage(renderContainerMessage(message))).toEqual(message);
  });

  it('leaves out the zeros of a drift, and a reader has them again', () => {
    const drift = { coverage: 100, managed: 3, unmanaged: 0, missing: 0, changed: 0, stack: 0, service: 0, unknown: 0 };
    const counts = { resources: 3, types: { attempted: 1 }, cells: {}, drift };
    const text = renderContainerMessage({ outcome: 'succeeded', counts });
    expect(JSON.parse(text)).toMatchObject({ counts: { drift: { coverage: 100, managed: 3 } } });
    expect(text).not.toContain('missing');
    expect(parseContainerMessage(text)?.counts?.drift).toEqual(drift);
  });

  it('counts the reports that it had no room for', () => {
    const message = parseContainerMessage(
      renderContainerMessage({
        outcome: 'succeeded',
        reports: Array.from({ length: 30 }, (_, i) => report(`kind-${i}`)),
      }),
    );
    expect((message?.reports?.length ?? 0) + (message?.reportsOmitted ?? 0)).toBe(30);
    expect(message?.reports?.length).toBeGreaterThan(3);
  });

  it('names the inventory and its scan before any other report', () => {
    const kinds = ['compliance', 'cost', 'drift', 'exposure', 'network', 'recon', 'scan'];
    const message = parseContainerMessage(
      renderContainerMessage({ outcome: 'succeeded', message: 'm'.repeat(600), reports: kinds.map(report) }),
    );
    const named = message?.reports?.map(({ kind }) => kind) ?? [];
    expect(named).toEqual([...kinds.slice(0, named.length - 2), 'recon', 'scan']);
    expect(named.length + (message?.reportsOmitted ?? 0)).toBe(kinds.length);
  });

  it('leaves the remedy of the catalogue to its reader, and keeps a more exact one', () => {
    expect(
      renderContainerMessage({
        outcome: 'failed',
        code: 'interrupted',
        remedy: 'Start the same run id again; it goes on where it stopped.',
      }),
    ).not.toContain('remedy');
    expect(renderContainerMessage({ outcome: 'failed', code: 'interrupted', remedy: 'Ask Ada.' })).toContain(
      'Ask Ada.',
    );
  });

  it('of a run before types were counted says that none was attempted', () => {
    const text = JSON.stringify({ outcome: 'succeeded', counts: { resources: 3, cells: { listed: 1 } } });
    expect(parseContainerMessage(text)?.counts).toEqual({
      resources: 3,
      types: { attempted: 0 },
      cells: { listed: 1 },
    });
  });

  it.each([
    ['nothing', ''],
    ['a foreign text', 'panic: runtime error'],
    ['a cut one', '{"outcome":"succee'],
    ['an outcome of its own', '{"outcome":"great"}'],
    ['a code that does not exist', '{"outcome":"failed","code":"no-such-code"}'],
  ])('is not believed when it is %s', (_name, text) => {
    expect(parseContainerMessage(text)).toBeUndefined();
  });
});

describe('a cut text', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abc…'],
    ['ééééé', 7, 'éé…'],
    ['💥💥💥', 8, '💥…'],
    ['abc', 2, ''],
    ['\u0001\u0001\u0001', 12, '\u0001…'],
  ])('%s to %i bytes is %s', (text, bytes, cut) => {
    expect(cutText(text, bytes)).toBe(cut);
  });
});
