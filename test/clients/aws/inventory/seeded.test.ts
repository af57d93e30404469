// Every seeded type is found by its rows, with the ARN that the API gave it when it was made.
import { randomInt } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { clientConfiguration } from '../../../../clients/aws/connection.ts';
import { scanTuning } from '../../../../clients/aws/inventory/walk.ts';
import { arnIdentity } from '../../../../contract/catalogue/arn.ts';
import { nativeServices } from '../../../../contract/catalogue/native-services.ts';
import { catalogueService, resourceType } from '../../../../contract/catalogue/services.ts';
import { resourceKey } from '../../../../runner/scan/inventory/record.ts';
import { connectTo } from '../../../setup/connection.ts';
import { enterAccount } from '../../../setup/seeds/enter-account.ts';
import { seedGroups } from '../../../setup/seeds/seeds.ts';
import { walkWhole } from '../../../setup/walk-whole.ts';

const serviceOf = (key: string) => {
  const found = nativeServices.find(service => service.types.some(type => type.key === key));
  if (found === undefined) throw new Error(`the catalogue has no type ${key}`);
  return found;
};

const seeds = Object.entries(seedGroups).flatMap(([group, those]) => those.map(seed => ({ group, ...seed })));

describe.each(seeds)('what the seed $group of $types makes', ({ types, create, global }) => {
  it('is listed, with its ARN', async () => {
    const account = String(randomInt(100_000_000_000, 999_999_999_999));
    const region = global ? 'us-east-1' : 'eu-west-1';
    const connection = { ...(await enterAccount(connectTo(inject('simulator')), account)), region };
    const arns = await create({ configuration: clientConfiguration(connection, scanTuning), region, account });
    const place = { partition: 'aws', account, region };
    const found = new Map<string, string[]>();
    for (const key of new Set(types.map(type => serviceOf(type).key))) {
      for (const step of await walkWhole(key, connection)) {
        if ('failure' in step) {
          if (step.types.some(type => types.includes(type))) expect(step.failure).toBeUndefined();
          continue;
        }
        const listed = step.items.map(item => resourceKey(resourceType(step.type), place, item).arn);
        found.set(step.type, [...(found.get(step.type) ?? []), ...listed]);
      }
    }
    for (const type of types) {
      expect(found.get(type) ?? [], `${type} was not listed`).not.toEqual([]);
      for (const arn of found.get(type) ?? []) expect(arn, `an ARN of ${type}`).toMatch(/^arn:aws:[a-z0-9-]+:/);
    }
    const all = new Set([...found.values()].flat().map(arnIdentity));
    for (const arn of arns.filter(each => each !== undefined)) expect([...all]).toContain(arnIdentity(arn));
    expect(catalogueService(serviceOf(types[0] ?? '').key).key).toBeDefined();
  });
});
