// DynamoDB: the listing gives names, each table is described.
import { DescribeTableCommand, DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { type DescribedRow, defineService, described, describeOne, type ListedItem, walkPages } from './listing.ts';

const row = { paginate: paginateListTables, input: {} };

const describeTable = async (client: DynamoDBClient, item: ListedItem, abortSignal: AbortSignal) => {
  const { TableName } = item.fields as { TableName?: string };
  const { Table } = await client.send(new DescribeTableCommand({ TableName }), { abortSignal });
  return { fields: Table ?? item.fields };
};

const tables: DescribedRow<DynamoDBClient> = {
  type: 'dynamodb.table',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, row, abortSignal)) {
      yield (page.TableNames ?? []).map(TableName => ({ fields: { TableName } }));
    }
  },
  batch: 1,
  describe: describeOne(describeTable),
  gone: ['ResourceNotFoundException'],
};

export const dynamodb = defineService('dynamodb', configuration => new DynamoDBClient(configuration), [
  described(tables),
]);
