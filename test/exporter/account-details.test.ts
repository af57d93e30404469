// The reports of one account, read when somebody looks at it.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Documents, openDirectoryDocuments } from '../../clients/results/documents.ts';
import type { UploadedReport } from '../../contract/outcome.ts';
import type { TagReport } from '../../contract/tags/tag-report.ts';
import { openAccountDetails } from '../../exporter/account-details.ts';
import type { AccountView } from '../../exporter/snapshot.ts';
import { idOf, resultsDirectory, snapshotOf, view } from './fixtures.ts';

const tagReport = (account: string): TagReport => ({
  ...{ schemaVersion: 1, account, source: 'inventory', date: '2026-11-20T01:00:00.000Z', required: [], rows: [] },
  summary: { checked: 0, compliant: 0, untagged: 0, excluded: 0, notApplicable: 0, compliance: null },
  ...{ unseen: [], findings: [] },
});

const fleet = async (texts: Readonly<Record<number, string>>) => {
  const results = await resultsDirectory();
  const asked: string[] = [];
  const directory = await openDirectoryDocuments(results.path);
  const documents: Documents = {
    ...directory,
    read: question => {
      asked.push(question.key);
      return directory.read(question);
    },
  };
  const accounts: AccountView[] = [];
  for (const [digit, text] of Object.entries(texts)) {
    const id = idOf(Number(digit));
    const key = `AWSRecon/tags_${id}.json`;
    await results.write(key, text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const report: UploadedReport = { kind: 'tags', key, versionId: null, sha256, bytes: text.length };
    accounts.push({ ...view({ id }), reports: [report] });
  }
  const snapshot = () => snapshotOf(accounts);
  const read = openAccountDetails({ documents, snapshot, signal: new AbortController().signal });
  return { read, asked, results };
};

describe('an account’s details', () => {
  it('are read once, however many look at them', async () => {
    const { read, asked } = await fleet({ 1: JSON.stringify(tagReport(idOf(1))) });
    const details = await Promise.all(Array.from({ length: 20 }, () => read(idOf(1))));
    expect(details.every(({ tags, problems }) => tags?.account === idOf(1) && problems.length === 0)).toBe(true);
    await read(idOf(1));
    expect(asked).toHaveLength(1);
  });

  it('are forgotten when four others were looked at since', async () => {
    const texts = [1, 2, 3, 4, 5].map(digit => [digit, JSON.stringify(tagReport(idOf(digit)))] as const);
    const { read, asked } = await fleet(Object.fromEntries(texts));
    for (const digit of [1, 2, 3, 4, 1, 5, 1, 2]) await read(idOf(digit));
    expect(asked.map(key => key.at(-6))).toEqual(['1', '2', '3', '4', '5', '2']);
  });

  it.each([
    ['damaged', '{"half', 'corrupt'],
    ['about another account', JSON.stringify(tagReport(idOf(2))), 'foreign'],
    ['larger than a page has room for', ' '.repeat(8 * 1024 * 1024 + 1), 'too-large'],
  ])('say that a report is %s', async (_name, text, reason) => {
    const { read } = await fleet({ 1: text });
    expect(await read(idOf(1))).toMatchObject({ tags: undefined, problems: [{ account: idOf(1), reason }] });
  });

  it('are read again after a problem', async () => {
    const whole = JSON.stringify(tagReport(idOf(1)));
    const { read, results } = await fleet({ 1: whole });
    await results.write(`AWSRecon/tags_${idOf(1)}.json`, 'torn');
    expect((await read(idOf(1))).problems).toMatchObject([{ reason: 'corrupt' }]);
    await results.write(`AWSRecon/tags_${idOf(1)}.json`, whole);
    expect((await read(idOf(1))).tags?.account).toBe(idOf(1));
  });

  it('of an account that nobody knows are none', async () => {
    const { read, asked } = await fleet({});
    expect(await read('../../etc/passwd')).toEqual({ problems: [] });
    expect(asked).toEqual([]);
  });
});
