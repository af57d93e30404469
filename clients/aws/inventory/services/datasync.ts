// DataSync: agents, tasks, and locations, whose URI says what kind each is.
import {
  DataSyncClient,
  type LocationListEntry,
  paginateListAgents,
  paginateListLocations,
  paginateListTasks,
} from '@aws-sdk/client-datasync';
import { datasync as catalogue } from '../../../../contract/catalogue/native/datasync.ts';
import type { TypeKeyOf } from '../../../../contract/catalogue/native-service.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';
import { split } from '../split-rows.ts';

type LocationKey = Extract<TypeKeyOf<typeof catalogue>, `datasync.location${string}`>;

/** How the URI of a location begins: CloudFormation has a type for each. */
const kinds: readonly (readonly [scheme: RegExp, type: LocationKey])[] = [
  [/^s3/, 'datasync.location-s3'],
  [/^efs/, 'datasync.location-efs'],
  [/^fsxl/, 'datasync.location-fsx-lustre'],
  [/^fsxn/, 'datasync.location-fsx-ontap'],
  [/^fsxz/, 'datasync.location-fsx-openzfs'],
  [/^fsxw/, 'datasync.location-fsx-windows'],
  [/^nfs/, 'datasync.location-nfs'],
  [/^smb/, 'datasync.location-smb'],
  [/^hdfs/, 'datasync.location-hdfs'],
  [/^object-storage/, 'datasync.location-object-storage'],
  [/^azure-blob/, 'datasync.location-azure-blob'],
];

const other: LocationKey = 'datasync.location';

const kindOf = ({ LocationUri = '' }: LocationListEntry): LocationKey =>
  kinds.find(([scheme]) => scheme.test(LocationUri))?.[1] ?? other;

export const datasync = defineService(catalogue, configuration => new DataSyncClient(configuration), [
  paged('datasync.agent', { paginate: paginateListAgents, input: {} }, page => page.Agents),
  paged('datasync.task', { paginate: paginateListTasks, input: {} }, page => page.Tasks),
  split(
    [...kinds.map(([, type]) => type), other],
    { paginate: paginateListLocations, input: {} },
    page => page.Locations,
    kindOf,
  ),
]);
