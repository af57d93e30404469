import { describe, expect, it } from 'vitest';
import { planRun } from '../../orchestrator/plan.ts';
import { account, plan, planFacts, settings } from './fixtures.ts';

const one = account('111111111111', { name: '"\n<script>${x}' });
const two = account('222222222222');

const factsOf = (text: string, facts = {}, target = one) => plan([target], text, facts).planned[0]?.facts;

describe('a plan', () => {
  it('names a Job of at most 63 characters for each account, from ids alone', () => {
    const { planned } = plan([one, two], '', { run: 'a'.repeat(29) });
    expect(planned.map(({ job }) => job)).toEqual([
      `aws-inventory-runner-${'a'.repeat(29)}-111111111111`,
      `aws-inventory-runner-${'a'.repeat(29)}-222222222222`,
    ]);
    expect(planned[0]?.job).toHaveLength(63);
  });

  it.each([
    ['the default', '', {}, 'arn:aws:iam::111111111111:role/managed/inventory'],
    ['a name of the settings', 'role: {name: audit}', {}, 'arn:aws:iam::111111111111:role/audit'],
    ['another partition', '', { partition: 'aws-cn' }, 'arn:aws-cn:iam::111111111111:role/managed/inventory'],
    [
      'an override',
      'role: {overrides: {"111111111111": {arn: "arn:aws:iam::111111111111:role/Custom"}}}',
      {},
      'arn:aws:iam::111111111111:role/Custom',
    ],
  ])('takes the role from %s', (_name, text, facts, arn) => {
    expect(factsOf(text, facts)?.roleArn).toBe(arn);
  });

  it('takes role, ExternalId and regions of an account from the list in the settings', () => {
    const listed = account('333333333333', {
      role: 'arn:aws:iam::{account_id}:role/audit',
      externalId: 'secretish',
      regions: ['us-east-1'],
    });
    expect(factsOf('role: {externalId: other}', {}, listed)).toMatchObject({
      roleArn: 'arn:aws:iam::333333333333:role/audit',
      externalId: 'secretish',
      regions: ['us-east-1'],
    });
  });

  it('sends neither ExternalId nor SourceIdentity unless they are set', () => {
    expect(factsOf('')).not.toHaveProperty('externalId');
    expect(factsOf('')).not.toHaveProperty('sourceIdentity');
    expect(factsOf('role: {externalId: ext, sourceIdentity: inventory}')).toMatchObject({
      externalId: 'ext',
      sourceIdentity: 'inventory',
    });
  });

  it('names sessions that CloudTrail can be searched for, of at most 64 characters', () => {
    expect(factsOf('')?.sessionName).toBe('inventory-20261122-000000-abcd');
    expect(factsOf('role: {sessionName: inventory}')?.sessionName).toBe('inventory');
    expect(factsOf('role: {sessionName: "a-{account_id}-{run}-{run}-{run}"}')?.sessionName).toHaveLength(64);
  });

  it.each([
    [3000, 2700],
    [600, 450],
    [4, 3],
    [1, 1],
  ])('lets the scan of a Job of %i seconds end by itself after %i', (jobSeconds, scanSeconds) => {
    expect(factsOf('', { jobSeconds })?.scanSeconds).toBe(scanSeconds);
  });

  it('is complete only when nothing narrows the run', () => {
    expect(plan([one, two]).complete).toBe(true);
    expect(plan([one, two], 'accounts: {exclude: ["222222222222"]}').complete).toBe(false);
    expect(plan([one, two], '', { retry: { of: 'old', ids: ['222222222222'] } }).complete).toBe(false);
  });

  it('is not complete when the accounts come from a list', () => {
    expect(plan([one], 'accounts: {from: [{id: "111111111111"}]}').complete).toBe(false);
  });

  it('keeps accounts of a retried run that have left the Organization as rows of their own', () => {
    const retried = plan([one], '', { retry: { of: 'old', ids: ['111111111111', '999999999999'] } });
    expect(retried.unknownIds).toEqual(['999999999999']);
  });

  it('refuses an override for an account that nobody has', () => {
    expect(() => plan([one], 'role: {overrides: {"999999999999": {externalId: abc}}}')).toThrow(/"999999999999"/);
  });

  it('visits only the accounts of a retry and says why not the others', () => {
    const retried = plan([one, two], '', { retry: { of: 'old', ids: ['222222222222'] } });
    expect(retried.planned.map(planned => planned.account.id)).toEqual(['222222222222']);
    expect(retried.skipped).toMatchObject([
      { account: { id: '111111111111' }, message: 'it did not fail in the run old' },
    ]);
  });

  it('refuses ids and units of the settings that do not exist, all in one message', () => {
    const text =
      'accounts: {include: ["999999999999", "111111111111"], exclude: ["888888888888"], organizationalUnits: {include: [Prod]}}';
    expect(() => plan([one, two], text)).toThrow(
      expect.objectContaining({
        code: 'unknown-account',
        message: expect.stringMatching(/"999999999999".*"888888888888".*unit "Prod"/s),
      }),
    );
  });

  it('keeps an unknown id of INCLUDE_ACCOUNTS as a row of its own, however it is written', () => {
    const included = settings('', { INCLUDE_ACCOUNTS: '111111111111,999999999999,../x' });
    const planned = planRun({ accounts: [one, two], units: [] }, included, planFacts);
    expect(planned.planned.map(({ account: { id } }) => id)).toEqual(['111111111111']);
    expect(planned.unknownIds).toEqual(['999999999999', '../x']);
  });
});
