import { describe, expect, it } from 'vitest';
import type { DocumentReader, OneDocumentQuestion } from '../../../clients/results/document-reader.ts';
import type { DocumentAnswer } from '../../../clients/results/documents.ts';
import { InventoryError } from '../../../contract/errors.ts';
import { followDocument } from '../../../exporter/driftctl-result/follow-document.ts';
import { goldenResult, laterResult } from './results.ts';

const place = 's3://drift-bucket/results.json';
const read = (value: unknown, tag: string): DocumentAnswer => ({
  kind: 'read',
  bytes: Buffer.from(JSON.stringify(value)),
  tag,
});

/** Answers one after the other; the last one stays. */
const readerOf = (...answers: readonly (DocumentAnswer | Error | 'never')[]) => {
  const questions: OneDocumentQuestion[] = [];
  const reader: DocumentReader = {
    read: async question => {
      const answer = answers[Math.min(questions.length, answers.length - 1)];
      questions.push(question);
      if (answer === 'never') return await new Promise<never>(() => undefined);
      if (answer instanceof Error || answer === undefined) throw answer;
      return answer;
    },
    close: () => undefined,
  };
  return { reader, questions, follower: followDocument(reader, place) };
};

describe('a look', () => {
  it('asks for what is not known yet, and keeps what is unchanged', async () => {
    const { follower, questions } = readerOf(
      read(goldenResult, 'one'),
      { kind: 'unchanged' },
      read(laterResult, 'two'),
    );
    expect((await follower.look()).result?.document.summary.total_resources).toBe(16);
    const second = await follower.look();
    expect(second.result?.document.summary.total_resources).toBe(16);
    expect(second.failure).toBeUndefined();
    expect((await follower.look()).result?.document.summary.total_resources).toBe(2);
    expect(questions.map(({ unlessTag }) => unlessTag)).toEqual([undefined, 'one', 'one']);
    expect(follower.state().reads).toEqual({ read: 2, unchanged: 1, failed: 0 });
  });

  it('of many at once is one read', async () => {
    const { follower, questions } = readerOf(read(goldenResult, 'one'));
    const states = await Promise.all(Array.from({ length: 50 }, () => follower.look()));
    expect(questions).toHaveLength(1);
    expect(states.every(({ result }) => result !== undefined)).toBe(true);
  });

  it.each<[string, DocumentAnswer | Error, RegExp]>([
    ['that is gone', { kind: 'absent' }, /there is no result/],
    ['that is torn', { kind: 'read', bytes: Buffer.from('{"summ'), tag: 'two' }, /not whole/],
    ['that is too large', { kind: 'too-large', bytes: 1e12 }, /1000000000000 bytes/],
    ['that is refused', new InventoryError('results-denied', 'S3 answered AccessDenied'), /AccessDenied/],
  ])('at a result %s keeps the last good one, its time and its tag', async (_name, answer, message) => {
    const { follower, questions } = readerOf(read(goldenResult, 'one'), answer);
    const { lastSuccessAt } = await follower.look();
    const state = await follower.look();
    expect(state.failure?.message).toMatch(message);
    expect([state.result?.document.coverage, state.lastSuccessAt]).toEqual([76, lastSuccessAt]);
    await follower.look();
    expect(questions.at(-1)?.unlessTag).toBe('one');
  });

  it('of a store that never answers ends after two seconds with what is known', async () => {
    const { follower } = readerOf(read(goldenResult, 'one'), 'never');
    await follower.look();
    const started = performance.now();
    const state = await follower.look();
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(state.failure?.message).toMatch(/not read within 2 seconds/);
    expect(state.result?.document.coverage).toBe(76);
  });
});
