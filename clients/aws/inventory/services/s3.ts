// S3: all buckets of the account from one listing, and the region of each.
import { GetBucketLocationCommand, paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import { s3 as catalogue } from '../../../../contract/catalogue/native/s3.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';
import { walkPages } from '../rows.ts';

interface NamedBucket {
  readonly Name?: string | undefined;
  readonly BucketRegion?: string | undefined;
}

// Asking for pages of a given size makes S3 say each bucket's region; a thousand names are small.
const row = { paginate: paginateListBuckets, input: {}, pageSize: 1000 };

/** The oldest buckets answer with no constraint at all, those of the old European endpoint with its name. */
const regionOf = (constraint: string | undefined): string =>
  constraint === 'EU' ? 'eu-west-1' : constraint || 'us-east-1';

const locate = async (client: S3Client, item: ListedItem, abortSignal: AbortSignal): Promise<ListedItem> => {
  const { BucketRegion: known, ...fields } = item.fields as NamedBucket;
  if (known !== undefined) return { fields: { ...fields, Location: known } };
  const answer = await client.send(new GetBucketLocationCommand({ Bucket: fields.Name }), { abortSignal });
  return { fields: { ...fields, Location: regionOf(answer.LocationConstraint) } };
};

const buckets: DescribedRow<S3Client, 's3.bucket'> = {
  type: 's3.bucket',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, row, abortSignal)) {
      yield (page.Buckets ?? []).map(fields => ({ fields }));
    }
  },
  batch: 1,
  describe: describeOne(locate),
  gone: ['NoSuchBucket'],
};

export const s3 = defineService(
  catalogue,
  // A bucket answers in its own region alone; path style reaches servers that know no bucket's host name.
  configuration => new S3Client({ ...configuration, followRegionRedirects: true, forcePathStyle: true }),
  [described(buckets)],
);
