// Directory Service: directories of every kind, without the secret that they share with RADIUS servers.
import {
  type DirectoryDescription,
  DirectoryServiceClient,
  paginateDescribeDirectories,
} from '@aws-sdk/client-directory-service';
import { ds as catalogue } from '../../../../contract/catalogue/native/ds.ts';
import type { TypeKeyOf } from '../../../../contract/catalogue/native-service.ts';
import { defineService } from '../listing.ts';
import { split } from '../split-rows.ts';

type Key = TypeKeyOf<typeof catalogue>;

const withoutSecret = ({ RadiusSettings, ...directory }: DirectoryDescription): DirectoryDescription => {
  if (RadiusSettings === undefined) return directory;
  const { SharedSecret: _secret, ...settings } = RadiusSettings;
  return { ...directory, RadiusSettings: settings };
};

const typeOf = ({ Type }: DirectoryDescription): Key => {
  if (Type === 'SimpleAD') return 'ds.simple-ad';
  // One that another account shares has a name, an ARN and a life of its own here.
  return Type === 'ADConnector' ? 'ds.ad-connector' : 'ds.microsoft-ad';
};

export const ds = defineService(catalogue, configuration => new DirectoryServiceClient(configuration), [
  split(
    ['ds.simple-ad', 'ds.microsoft-ad', 'ds.ad-connector'],
    { paginate: paginateDescribeDirectories, input: {} },
    page => page.DirectoryDescriptions?.map(withoutSecret),
    typeOf,
  ),
]);
