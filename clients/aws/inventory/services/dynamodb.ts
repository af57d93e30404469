// DynamoDB: the listing gives names, each table is described; backups come whole.
import { DescribeTableCommand, DynamoDBClient, ListBackupsCommand, paginateListTables } from '@aws-sdk/client-dynamodb';
import { dynamodb as catalogue } from '../../../../contract/catalogue/native/dynamodb.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem, type Listing } from '../listing.ts';
import { asItems, walkPages } from '../rows.ts';

const row = { paginate: paginateListTables, input: {} };

const describeTable = async (client: DynamoDBClient, item: ListedItem, abortSignal: AbortSignal) => {
  const { TableName } = item.fields as { TableName?: string };
  const { Table } = await client.send(new DescribeTableCommand({ TableName }), { abortSignal });
  return { fields: Table ?? item.fields };
};

const tables: DescribedRow<DynamoDBClient, 'dynamodb.table'> = {
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

/** Those of AWS Backup have an ARN of its own, under which it lists them. */
const isOwn = ({ BackupArn }: { BackupArn?: string | undefined }): boolean => BackupArn?.split(':')[2] === 'dynamodb';

const backups: Listing<DynamoDBClient, 'dynamodb.backup'> = {
  types: ['dynamodb.backup'],
  pages: async function* pages(client, { abortSignal }) {
    let last: string | undefined;
    do {
      // Without a type the ones that DynamoDB itself makes of deleted tables are left out.
      const command = new ListBackupsCommand({ BackupType: 'ALL', ExclusiveStartBackupArn: last });
      const page = await client.send(command, { abortSignal });
      yield { type: 'dynamodb.backup', items: asItems(page.BackupSummaries?.filter(isOwn)) };
      last = page.LastEvaluatedBackupArn;
    } while (last);
  },
};

export const dynamodb = defineService(catalogue, configuration => new DynamoDBClient(configuration), [
  described(tables),
  backups,
]);
