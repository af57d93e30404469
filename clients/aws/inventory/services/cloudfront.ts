// CloudFront: distributions, and all that they refer to.
import {
  CloudFrontClient,
  paginateListCloudFrontOriginAccessIdentities,
  paginateListDistributions,
  paginateListKeyValueStores,
  paginateListOriginAccessControls,
  paginateListPublicKeys,
} from '@aws-sdk/client-cloudfront';
import { cloudfront as catalogue } from '../../../../contract/catalogue/native/cloudfront.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';
import { without } from '../withhold.ts';
import { policyRows } from './cloudfront-policies.ts';

export const cloudfront = defineService(catalogue, configuration => new CloudFrontClient(configuration), [
  paged(
    'cloudfront.distribution',
    { paginate: paginateListDistributions, input: {} },
    // What an origin asks for in a header is a password, as often as not.
    page => without('HeaderValue')(page.DistributionList?.Items),
  ),
  paged(
    'cloudfront.origin-access-control',
    { paginate: paginateListOriginAccessControls, input: {} },
    page => page.OriginAccessControlList?.Items,
  ),
  paged(
    'cloudfront.origin-access-identity',
    { paginate: paginateListCloudFrontOriginAccessIdentities, input: {} },
    page => page.CloudFrontOriginAccessIdentityList?.Items,
  ),
  paged('cloudfront.public-key', { paginate: paginateListPublicKeys, input: {} }, page => page.PublicKeyList?.Items),
  paged(
    'cloudfront.key-value-store',
    { paginate: paginateListKeyValueStores, input: {} },
    page => page.KeyValueStoreList?.Items,
  ),
  ...policyRows,
]);
