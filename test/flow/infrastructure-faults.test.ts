// Every call of an apply that writes, broken in every way: the next apply finds what is there and ends with nothing left to do.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { ProxyAnswer, ProxyRule } from '../../clients/simulator/proxy-rules.ts';
import { apply } from '../infrastructure/apply-in-process.ts';
import { startEstate, type TestEstate } from '../infrastructure/estate.ts';

const writing = /^(Create|Put|Attach|Update|Activate|Add|Delete)/;

const breaks: readonly ProxyAnswer[] = [
  { do: 'reset-before-forward' },
  { do: 'forward-then-reset' },
  { do: 'fail', status: 503, code: 'ServiceUnavailable', message: 'try again' },
  { do: 'refuse', as: 'access-denied' },
];

const estates: TestEstate[] = [];
const newEstate = async (): Promise<TestEstate> => {
  const estate = await startEstate(inject('simulator'), ['security', 'payments']);
  estates.push(estate);
  await writeFile(join(estate.directory, 'config.yaml'), '');
  return estate;
};

afterEach(async () => {
  for (const estate of estates.splice(0)) await estate.stop();
});

const writesOf = (estate: TestEstate, from: number) =>
  estate.proxy.history.slice(from).filter(({ action }) => writing.test(action));

describe('an apply whose n-th write breaks', () => {
  it('is finished by the next one, whichever write it is and however it breaks', { timeout: 180_000 }, async () => {
    const clean = await newEstate();
    const from = clean.proxy.history.length;
    expect(await apply(clean)).toMatchObject({ unread: [], failures: [] });
    const writes = writesOf(clean, from);
    expect(writes.length).toBeGreaterThan(25);
    expect(await apply(clean)).toMatchObject({ due: [], failures: [] });
    const unfinished: string[] = [];
    for (const [at, { service, action }] of writes.entries()) {
      const answer = breaks[at % breaks.length] as ProxyAnswer;
      const estate = await newEstate();
      const rule: ProxyRule = { match: { action: writing }, after: at, times: 1, answer };
      estate.proxy.setRules([rule]);
      const broken = await apply(estate);
      estate.proxy.setRules([]);
      const next = await apply(estate);
      const last = await apply(estate);
      const what = `${at} ${service}:${action}, ${answer.do}`;
      if (broken.failures.length === 0) unfinished.push(`${what}: nobody was told`);
      if (next.failures.length + last.due.length > 0) unfinished.push(`${what}: ${JSON.stringify([next, last])}`);
    }
    expect(unfinished).toEqual([]);
  });
});
