// What the sandbox makes is in its states as it is: a comparison that finds a difference is wrong, or the state is.
import { describe, expect, inject, it } from 'vitest';
import { openSimulator } from '../../../../clients/simulator/account-clients.ts';
import type { ResourceKind } from '../../../../clients/simulator/resource-order.ts';
import { createResources } from '../../../../clients/simulator/resources.ts';
import { nativeServices } from '../../../../contract/catalogue/native-services.ts';
import { terraformType } from '../../../../contract/drift/terraform-types.ts';
import { comparedTypes, compareResource } from '../../../../runner/scan/drift/changes/compare.ts';
import { detailOf } from '../../../../runner/scan/drift/details.ts';
import { declaredSample } from './changes/found-sample.ts';
import { read, useLiveAccount } from './live-account.ts';

const live = useLiveAccount();

const kinds: readonly ResourceKind[] = [
  ...([
    'role',
    'user',
    'bucket',
    'function',
    'key',
    'queue',
    'topic',
    'table',
    'database',
    'log-group',
    'volume',
  ] as const),
  'network',
];

const keyOf = (resourceType: string): string[] =>
  nativeServices
    .flatMap(({ types }) => types)
    .filter(each => each.cloudFormationType === resourceType)
    .map(({ key }) => key);

describe('a state of the sandbox', () => {
  it('differs in nothing from what is there', async () => {
    const simulator = openSimulator(inject('simulator'), 8);
    const tags = { Team: 'a' };
    // Functions run as the role of this name.
    const nameOf = (kind: ResourceKind) => (kind === 'role' ? 'managed/inventory' : `in-sync-${kind}`);
    const orders = kinds.map(kind => ({ kind, region: 'eu-west-1', name: nameOf(kind), tags, instances: 1 }));
    const made = await createResources(await simulator.enter(live().account), orders);
    simulator.close();
    const compared = made.filter(({ type }) => comparedTypes.includes(type));
    const types = new Set(compared.map(({ type }) => type));
    expect(types.size).toBeGreaterThan(kinds.length);
    const resourceTypes = new Set([...types].map(type => terraformType(type)?.resourceType ?? ''));
    const found = await live().find(...[...resourceTypes].flatMap(keyOf));
    const { details, alerts } = await read(live(), found, ...types);
    expect(alerts).toEqual({});
    for (const { type, attributes } of compared) {
      const ids = [attributes['id'], attributes['arn']];
      const one = found.find(each => [each.id, each.arn, ...each.keys].some(key => ids.includes(key)));
      if (one === undefined) throw new Error(`${type} ${ids[0]} was not found`);
      const declared = declaredSample({ type, state: attributes });
      expect(compareResource({ declared, found: one, detail: detailOf(details, one) }), type).toEqual([]);
      // The tags are compared too: without the one that is there they would differ.
      const untagged = declaredSample({
        type,
        state: { ...attributes, tags: { ...Object(attributes['tags']), More: 'x' } },
      });
      const changes = compareResource({ declared: untagged, found: one, detail: detailOf(details, one) });
      expect(
        changes.map(({ path }) => path),
        type,
      ).toEqual([['tags', 'More']]);
    }
  });
});
