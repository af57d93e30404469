// The Tagging API: the tags of a region's resources in bulk, whatever service they belong to.
import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { type AwsConnection, clientConfiguration } from '../connection.ts';
import { walkPages } from './listing.ts';
import { scanTuning } from './walk.ts';

export interface TaggedResource {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface TaggingQuestion {
  /** Names of services as ARNs write them; `all` asks for every one that the API knows. */
  readonly services: 'all' | readonly string[];
  readonly abortSignal: AbortSignal;
}

/**
 * Every resource of the connection's region that has a tag, or had one. Throws what the SDK throws (describeAwsError).
 * Resources that never had a tag are not in the answer, whatever the API's name promises.
 */
export const walkTagged = async function* (
  connection: AwsConnection,
  { services, abortSignal }: TaggingQuestion,
): AsyncGenerator<TaggedResource[]> {
  const client = new ResourceGroupsTaggingAPIClient(clientConfiguration(connection, scanTuning));
  const input = services === 'all' ? {} : { ResourceTypeFilters: [...services] };
  try {
    for await (const page of walkPages(client, { paginate: paginateGetResources, input, pageSize: 100 }, abortSignal)) {
      yield (page.ResourceTagMappingList ?? []).map(mapping => ({
        arn: mapping.ResourceARN ?? '',
        tags: Object.fromEntries((mapping.Tags ?? []).map(tag => [tag.Key ?? '', tag.Value ?? ''])),
      }));
    }
  } finally {
    client.destroy();
  }
};
