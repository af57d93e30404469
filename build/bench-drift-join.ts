// The measured half of npm run bench:drift, as a process of its own: what the scan does between its report and its verdicts.
import { join } from 'node:path';
import { readAwsConnection } from '../clients/aws/connection.ts';
import { catalogue } from '../contract/catalogue/catalogue.ts';
import { parseStateLocation } from '../contract/drift/state-location.ts';
import { identityAttributes } from '../contract/drift/terraform-types.ts';
import type { Cell } from '../contract/scan-report.ts';
import { comparedAttributes } from '../runner/scan/drift/changes/compare.ts';
import { joinResources } from '../runner/scan/drift/engine/join.ts';
import { partsOf } from '../runner/scan/drift/engine/parts.ts';
import { readFound } from '../runner/scan/drift/engine/read-found.ts';
import { loadStates } from '../runner/scan/drift/states/load-states.ts';

const [directory = ''] = process.argv.slice(2);
const account = '111111111111';
const regions = ['eu-west-1', 'us-east-1', 'eu-central-1'];
const cells: Cell[] = catalogue.flatMap(({ type, service, tier, scope }) =>
  (scope === 'global' ? ['global'] : regions).map(region => ({
    type,
    service,
    tier,
    region,
    outcome: 'empty' as const,
    resources: 0,
  })),
);

let last = performance.now();
const seconds: Record<string, number> = {};
const lap = (name: string): void => {
  const now = performance.now();
  seconds[name] = (now - last) / 1000;
  last = now;
};

const { reads, resources: declared } = await loadStates({
  locations: [parseStateLocation(`tfstate://${join(directory, 'states')}/*.tfstate`)],
  access: { aws: readAwsConnection({}), headers: {}, environment: {}, signal: new AbortController().signal },
  account,
  keep: type => new Set([...identityAttributes(type), ...comparedAttributes(type)]),
});
lap('states');
const wholes = await readFound(join(directory, 'output.json'), { describe: () => false });
lap('report');
const found = wholes.flatMap(whole => [whole, ...partsOf(whole, undefined)]);
lap('parts');
const joined = joinResources({ declared, found, cells, regions, account, unread: new Map() });
lap('join');

const count = (test: (one: (typeof joined)[number]) => boolean): number => joined.filter(test).length;
console.log(
  JSON.stringify({
    states: reads.filter(({ outcome }) => outcome === 'read').length,
    declared: declared.length,
    found: found.length,
    managed: count(one => one.declared !== undefined && one.found !== undefined),
    unmanaged: count(one => one.declared === undefined),
    missing: count(one => one.found === undefined && one.unseen === null),
    unknown: count(one => one.unseen !== null),
    seconds,
    cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    peakMib: process.resourceUsage().maxRSS / 1024,
  }),
);
