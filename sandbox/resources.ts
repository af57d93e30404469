// What each account of the sandbox owns: drawn from a seeded generator, so that every run sees the same resources.
import type { ResourceKind, ResourceOrder } from '../clients/simulator/resource-order.ts';

const regions = ['eu-west-1', 'eu-central-1', 'us-east-1'] as const;
const words = [
  'orders',
  'invoices',
  'search',
  'audit',
  'events',
  'uploads',
  'sessions',
  'catalogue',
  'metrics',
  'jobs',
];
const owners = ['platform', 'payments', 'shop', 'analytics', 'security'];

/** Everything that lives in a region, with how many of it an account has there at most. */
const regional: readonly (readonly [ResourceKind, number])[] = [
  ['network', 1],
  ['volume', 1],
  ['function', 2],
  ['table', 2],
  ['queue', 2],
  ['topic', 1],
  ['key', 1],
  ['database', 1],
  ['cluster', 1],
  ['stack', 1],
  ['log-group', 2],
];

type Draw = (choices: number) => number;

/** Whole numbers from 0 to below `choices`, always the same for the same seed (mulberry32). */
const drawFrom = (seed: number): Draw => {
  let state = seed;
  return choices => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % choices;
  };
};

const drawTags = (draw: Draw): Readonly<Record<string, string>> => {
  // A third has no tags at all: the Tagging API does not see these.
  if (draw(3) === 0) return {};
  const owner = owners[draw(owners.length)] ?? 'platform';
  return draw(2) === 0 ? { owner } : { owner, environment: draw(2) === 0 ? 'prod' : 'test' };
};

/** The role that a run assumes by default. The simulator needs none, a real account does. */
const inventoryRole: ResourceOrder = { kind: 'role', region: 'us-east-1', name: 'managed/inventory', tags: {} };

/** The orders of the account at this place of the Organization, roles first. */
export const planResources = (place: number): readonly ResourceOrder[] => {
  const draw = drawFrom(place + 1);
  const orders: ResourceOrder[] = [inventoryRole];
  const order = (kind: ResourceKind, region: string, most: number): void => {
    const count = draw(most + 1);
    for (let at = 1; at <= count; at += 1) {
      const name = `${words[draw(words.length)]}-${kind}-${at}`;
      const instances = kind === 'network' ? { instances: draw(3) } : {};
      orders.push({ kind, region, name, tags: drawTags(draw), ...instances });
    }
  };
  order('role', 'us-east-1', 3);
  order('user', 'us-east-1', 2);
  // Buckets of one account need different names in different regions, too.
  order('bucket', regions[draw(regions.length)] ?? regions[0], 3);
  for (const region of regions) for (const [kind, most] of regional) order(kind, region, most);
  return orders;
};

/** Reads the states of all accounts; the run's own role assumes it. */
const statesRole: ResourceOrder = { kind: 'role', region: 'us-east-1', name: 'TerraformStates', tags: {} };

export const managementResources: readonly ResourceOrder[] = [
  inventoryRole,
  statesRole,
  { kind: 'user', region: 'us-east-1', name: 'break-glass', tags: { owner: 'security' } },
  { kind: 'topic', region: 'eu-west-1', name: 'billing-alarms', tags: { owner: 'platform' } },
  { kind: 'stack', region: 'eu-west-1', name: 'landing-zone', tags: {} },
];
