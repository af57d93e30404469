// What an account's Job is told of drift: filled templates, and what becomes of those that do not fit.
import { describe, expect, it } from 'vitest';
import { stampRunnerJob } from '../../contract/runner-job.ts';
import { account, plan, template } from './fixtures.ts';

const one = account('111111111111', {
  name: 'payments prod',
  path: ['Workloads', 'Prod'],
  tags: { team: 'payments' },
});

const drift = (settings: object): string => JSON.stringify({ drift: settings });
const factsOf = (settings: object, target = one) => plan([target], drift(settings)).planned[0]?.facts;
const reader = { role: 'arn:aws:iam::{account_id}:role/state-reader', externalId: 'shared', region: 'eu-central-1' };

describe('a plan with states', () => {
  it('fills the places of each account', () => {
    const from = ['tfstate+s3://states/{ou_path}/{account_name}/{account_id}/{tag:team}.tfstate'];
    expect(factsOf({ from })?.drift).toEqual({
      engine: 'available',
      from: ['tfstate+s3://states/Workloads/Prod/payments prod/111111111111/payments.tfstate'],
      state: { kmsKeys: [] },
      ignore: [],
    });
  });

  it.each([
    ['a tag that it has not', 'tfstate+s3://states/{tag:cost}', one, '{tag:cost}'],
    ['a unit, right below the root', 'tfstate+s3://states/{ou}', account('111111111111', { path: [] }), '{ou}'],
    [
      'a name that leads elsewhere',
      'tfstate+s3://states/{account_name}',
      account('111111111111', { name: '../x' }),
      '../x',
    ],
  ])('plans the account without %s, and says what is wrong', (_case, location, target, said) => {
    const facts = factsOf({ from: [location] }, target);
    expect(facts?.drift).toMatchObject({ from: [], problem: expect.stringContaining(said) });
    expect(facts?.roleArn).toBe('arn:aws:iam::111111111111:role/managed/inventory');
  });

  it('says nothing of drift where no state is named, in the Job neither', () => {
    expect(factsOf({})).not.toHaveProperty('drift');
    expect(factsOf({ ignore: [{ type: 'aws_vpc', owner: 'x', reason: 'x' }] })).not.toHaveProperty('drift');
    const facts = factsOf({});
    if (facts === undefined) throw new Error('nothing planned');
    expect(JSON.stringify(stampRunnerJob(template(), facts))).not.toMatch(/INVENTORY_(DRIFT|STATE)_/);
  });

  it('takes an override of an account that there is not for a mistake', () => {
    expect(() => factsOf({ overrides: { '999999999999': { from: [] } } })).toThrow('999999999999');
  });
});

describe('a stamped Job', () => {
  const environmentOf = (name: string, settings: object): Record<string, string | undefined> => {
    const facts = factsOf(settings);
    if (facts === undefined) throw new Error('nothing planned');
    const pod = stampRunnerJob(template(), facts).spec?.template.spec;
    const found = [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])].find(each => each.name === name);
    return Object.fromEntries((found?.env ?? []).map(variable => [variable.name, variable.value]));
  };
  const own = (name: string, settings: object) =>
    Object.fromEntries(
      Object.entries(environmentOf(name, settings)).filter(([key]) => /^INVENTORY_(DRIFT|STATE)_/.test(key)),
    );
  const from = ['tfstate+s3://states/{account_id}/*', 'tfstate+tfcloud://org/{account_id}'];
  const rule = { type: 'aws_vpc', owner: 'network', reason: 'cost $(money)' };

  it('tells scan what to compare, and assume whose states it may let it read', () => {
    const settings = { engine: 'both', from, state: reader, ignore: [rule] };
    expect(own('scan', settings)).toEqual({
      INVENTORY_DRIFT_FROM: '["tfstate+s3://states/111111111111/*","tfstate+tfcloud://org/111111111111"]',
      INVENTORY_DRIFT_ENGINE: 'both',
      // Kubernetes would expand it.
      INVENTORY_DRIFT_IGNORE: '[{"type":"aws_vpc","owner":"network","reason":"cost $$(money)"}]',
      INVENTORY_DRIFT_STATE_ROLE_ARN: 'arn:aws:iam::111111111111:role/state-reader',
      INVENTORY_DRIFT_STATE_REGION: 'eu-central-1',
    });
    expect(own('assume', settings)).toEqual({
      INVENTORY_STATE_ROLE_ARN: 'arn:aws:iam::111111111111:role/state-reader',
      INVENTORY_STATE_EXTERNAL_ID: 'shared',
      INVENTORY_STATE_FROM: '["tfstate+s3://states/111111111111/*"]',
    });
    expect(own('upload', settings)).toEqual({});
  });

  it('asks for no role where nothing lies in S3 and no key is named', () => {
    const settings = { from: from.slice(1), state: reader };
    expect(own('assume', settings)).toEqual({});
    expect(own('scan', settings)).not.toHaveProperty('INVENTORY_DRIFT_STATE_ROLE_ARN');
    const key = 'arn:aws:kms:eu-west-1:111111111111:key/1';
    expect(own('assume', { ...settings, state: { ...reader, kmsKeys: [key] } })).toMatchObject({
      INVENTORY_STATE_FROM: '[]',
      INVENTORY_STATE_KMS_KEYS: JSON.stringify([key]),
    });
  });
});
