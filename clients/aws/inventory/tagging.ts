// The Tagging API: in one region all resources with tags, now or ever before, of whichever service they belong to.
import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { clientConfiguration } from '../connection.ts';
import { walkPages } from './rows.ts';
import { scanTuning, type WalkPlace } from './walk.ts';

export interface TaggedResource {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** An answer that names itself as the next one would be asked for again and again. */
const refuseRepetition = (before: string | undefined, token: string | undefined): void => {
  if (token === undefined || token === '' || token !== before) return;
  throw new Error('GetResources answered with the same PaginationToken twice: the listing has no end');
};

/**
 * Every resource of the connection's region that has a tag, or had one. Throws what the SDK throws (describeAwsError).
 * Resources that never had a tag are not in the answer, whatever the API's name promises.
 */
export const walkTagged = async function* (
  { connection, rates }: WalkPlace,
  abortSignal: AbortSignal,
): AsyncGenerator<TaggedResource[]> {
  const client = new ResourceGroupsTaggingAPIClient(clientConfiguration(connection, scanTuning));
  rates.govern(client, { service: 'tagging', region: connection.region });
  let token: string | undefined;
  try {
    for await (const page of walkPages(
      client,
      { paginate: paginateGetResources, input: {}, pageSize: 100 },
      abortSignal,
    )) {
      yield (page.ResourceTagMappingList ?? []).map(mapping => ({
        arn: mapping.ResourceARN ?? '',
        tags: Object.fromEntries((mapping.Tags ?? []).map(tag => [tag.Key ?? '', tag.Value ?? ''])),
      }));
      refuseRepetition(token, page.PaginationToken);
      token = page.PaginationToken;
    }
  } finally {
    client.destroy();
  }
};
