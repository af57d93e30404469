// The account of npm run bench:drift: five hundred states of a hundred resources, and the report that an inventory would leave.
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { account, type Made, makers } from './resources.ts';

export interface BenchSize {
  readonly states: number;
  readonly resources: number;
}

const regions = ['eu-west-1', 'us-east-1', 'eu-central-1'];

const tags = (name: string) => ({ Name: name, Environment: 'production', Owner: 'platform', CostCenter: '4711' });

const instanceOf = ({ attributes }: Made, name: string) => ({
  schema_version: 0,
  attributes: { ...attributes, tags: tags(name), tags_all: tags(name), timeouts: null },
  sensitive_attributes: [],
  private: 'bnVsbA==',
  dependencies: ['aws_vpc.main', 'data.aws_caller_identity.current'],
});

const recordOf = (made: Made, name: string, region: string) => ({
  account,
  service: made.resourceType.split('::')[1],
  region: made.isGlobal ? 'global' : region,
  resource: { type: 'any', arn: '', ...made.resource },
  timestamp: '2026-11-22 04:05:06 UTC',
  resourceType: made.resourceType,
  resourceId: made.resourceId,
  name,
  createdAt: '2026-01-02T03:04:05.000Z',
  tags: tags(name),
  sources: ['native', 'tagging'],
});

/** Every fiftieth is gone from AWS, and as many are there that no state declares. */
const missingOneIn = 50;

/**
 * Writes the states into `states/` of the directory and the report as `output.json`; gives back how many of the resources
 * in the states are there.
 */
export const writeBenchAccount = async (directory: string, { states, resources }: BenchSize): Promise<number> => {
  await mkdir(join(directory, 'states'), { recursive: true });
  const report = createWriteStream(join(directory, 'output.json'));
  report.write('[');
  let present = 0;
  const write = (record: object) => report.write(`${present++ === 0 ? '' : ','}\n${JSON.stringify(record)}`);
  for (let state = 0; state < states; state += 1) {
    const region = regions[state % regions.length] ?? 'eu-west-1';
    const made = Array.from({ length: resources }, (_, at) =>
      makers[at % makers.length]?.(state * resources + at, region),
    ).filter(one => one !== undefined);
    const document = {
      version: 4,
      terraform_version: '1.12.2',
      serial: state,
      lineage: `00000000-0000-0000-0000-${String(state).padStart(12, '0')}`,
      outputs: {},
      resources: made.map((one, at) => ({
        module: `module.team_${state}`,
        mode: 'managed',
        type: one.type,
        name: `main_${at}`,
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [instanceOf(one, `${one.type}-${at}`)],
      })),
    };
    await writeFile(join(directory, 'states', `${state}.tfstate`), JSON.stringify(document, null, 2));
    for (const [at, one] of made.entries()) {
      const isMissing = (state * resources + at) % missingOneIn === missingOneIn - 1;
      const shown = isMissing ? makers[0]?.(1_000_000 + state * resources + at, region) : one;
      if (shown !== undefined) write(recordOf(shown, `${shown.type}-${at}`, region));
    }
  }
  report.end('\n]\n');
  await finished(report);
  return present;
};
