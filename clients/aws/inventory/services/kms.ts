// KMS: keys, AWS-managed ones too (`key_manager` says which), each described; and aliases.
import { DescribeKeyCommand, KMSClient, paginateListAliases, paginateListKeys } from '@aws-sdk/client-kms';
import { kms as catalogue } from '../../../../contract/catalogue/native/kms.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';
import { paged, walkPages } from '../rows.ts';

const row = { paginate: paginateListKeys, input: {}, pageSize: 1000 };

const describeKey = async (client: KMSClient, item: ListedItem, abortSignal: AbortSignal) => {
  const { KeyId } = item.fields as { KeyId?: string };
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }), { abortSignal });
  return { fields: KeyMetadata ?? item.fields };
};

const keys: DescribedRow<KMSClient, 'kms.key'> = {
  type: 'kms.key',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, row, abortSignal)) {
      yield (page.Keys ?? []).map(fields => ({ fields }));
    }
  },
  batch: 1,
  describe: describeOne(describeKey),
  gone: ['NotFoundException'],
};

export const kms = defineService(catalogue, configuration => new KMSClient(configuration), [
  described(keys),
  paged('kms.alias', { paginate: paginateListAliases, input: {}, pageSize: 100 }, page => page.Aliases),
]);
