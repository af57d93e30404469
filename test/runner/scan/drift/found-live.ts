// What the simulator has, as the drift engine gets it: listed by the inventory's calls, written as its report, and read back.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsConnection } from '../../../../clients/aws/connection.ts';
import { resourceType } from '../../../../contract/catalogue/services.ts';
import { readFound } from '../../../../runner/scan/drift/engine/read-found.ts';
import type { FoundResource } from '../../../../runner/scan/drift/resources.ts';
import { nativeRecord } from '../../../../runner/scan/inventory/record.ts';
import { makeDirectory } from '../../../setup/run-container.ts';
import { walkWhole } from '../../../setup/walk-whole.ts';

/** `keys` are those of the catalogue's types. */
export const findLive = async (
  connection: AwsConnection,
  account: string,
  keys: readonly string[],
): Promise<FoundResource[]> => {
  const place = { partition: 'aws', account, region: connection.region };
  const lines: string[] = [];
  for (const service of new Set(keys.map(key => key.split('.')[0] ?? ''))) {
    const types = keys.filter(key => key.startsWith(`${service}.`));
    for (const step of await walkWhole(service, connection, { types })) {
      if ('failure' in step) throw new Error(`${step.types}: ${step.failure.code}: ${step.failure.message}`);
      const type = resourceType(step.type);
      for (const listed of step.items) {
        lines.push(JSON.stringify(nativeRecord({ type, place, listed, takeTags: () => undefined, seen: new Date(0) })));
      }
    }
  }
  const { directory, remove } = await makeDirectory();
  try {
    const file = join(directory, 'output.json');
    writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
    return await readFound(file, { describe: () => true });
  } finally {
    await remove();
  }
};

/** The resource of a CloudFormation type whose id, keys or ARN hold the text. */
export const pick = (found: readonly FoundResource[], type: string, text: string): FoundResource => {
  const one = found.find(
    each => each.resourceType === type && [each.id, each.arn, ...each.keys].some(key => key.includes(text)),
  );
  if (one === undefined) throw new Error(`no ${type} with ${text} was listed`);
  return one;
};
