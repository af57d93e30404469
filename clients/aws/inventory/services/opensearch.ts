// OpenSearch and Elasticsearch: the listing gives names, domains are described some at a time.
import { DescribeDomainsCommand, ListDomainNamesCommand, OpenSearchClient } from '@aws-sdk/client-opensearch';
import { opensearch as catalogue } from '../../../../contract/catalogue/native/opensearch.ts';
import { type DescribedRow, described } from '../described-rows.ts';
import { defineService } from '../listing.ts';

const domains: DescribedRow<OpenSearchClient, 'opensearch.domain'> = {
  type: 'opensearch.domain',
  names: async function* names(client, abortSignal) {
    const { DomainNames = [] } = await client.send(new ListDomainNamesCommand({}), { abortSignal });
    yield DomainNames.map(fields => ({ fields }));
  },
  // More in one call are refused.
  batch: 5,
  describe: async ({ client, items, abortSignal }) => {
    const names = items.map(({ fields }) => (fields as { DomainName: string }).DomainName);
    const command = new DescribeDomainsCommand({ DomainNames: names });
    const { DomainStatusList: found = [] } = await client.send(command, { abortSignal });
    const statuses = new Map(found.map(status => [status.DomainName, status]));
    const missing = names.find(name => !statuses.has(name));
    return {
      items: items.map((item, index) => ({ fields: statuses.get(names[index]) ?? item.fields })),
      ...(missing === undefined
        ? {}
        : { undescribed: { name: 'NotDescribed', message: `${missing} was left out of the answer` } }),
    };
  },
  // One that is missing would take the others of its call with it.
  gone: [],
};

export const opensearch = defineService(catalogue, configuration => new OpenSearchClient(configuration), [
  described(domains),
]);
