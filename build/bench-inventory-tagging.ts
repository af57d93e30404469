// A contestant of npm run bench:inventory, as a process of its own: what the Tagging API alone knows of an account.
import { writeFile } from 'node:fs/promises';
import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';

const [file = '', ...regions] = process.argv.slice(2);

const listRegion = async (region: string): Promise<string[]> => {
  const client = new ResourceGroupsTaggingAPIClient({ region });
  const arns: string[] = [];
  for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client }, { ResourcesPerPage: 100 }))
    arns.push(...ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []));
  client.destroy();
  return arns;
};

await writeFile(file, JSON.stringify((await Promise.all(regions.map(listRegion))).flat()));
