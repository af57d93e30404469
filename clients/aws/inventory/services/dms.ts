// Database Migration Service: instances, endpoints, tasks and what belongs to them, whole but for secrets.
import {
  type Certificate,
  DatabaseMigrationServiceClient,
  type Endpoint,
  paginateDescribeCertificates,
  paginateDescribeEndpoints,
  paginateDescribeEventSubscriptions,
  paginateDescribeReplicationConfigs,
  paginateDescribeReplicationInstances,
  paginateDescribeReplicationSubnetGroups,
  paginateDescribeReplicationTasks,
} from '@aws-sdk/client-database-migration-service';
import { dms as catalogue } from '../../../../contract/catalogue/native/dms.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

/** Of endpoints and their settings. Connection attributes are one text, in which some engines expect a password. */
const secretMember = /Password$|^SecurityDbEncryption$|^ExtraConnectionAttributes$/;

const withoutSecrets = (members: object): object =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([name]) => !secretMember.test(name))
      .map(([name, value]: [string, unknown]) => [
        name,
        name.endsWith('Settings') && typeof value === 'object' && value !== null ? withoutSecrets(value) : value,
      ]),
  );

const endpoint = (members: Endpoint): object => withoutSecrets(members);

/** Oracle's wallet holds a private key. */
const certificate = ({ CertificateWallet: _wallet, CertificatePem: _pem, ...rest }: Certificate): object => rest;

export const dms = defineService(catalogue, configuration => new DatabaseMigrationServiceClient(configuration), [
  paged(
    'dms.replication-instance',
    { paginate: paginateDescribeReplicationInstances, input: {} },
    page => page.ReplicationInstances,
  ),
  paged('dms.endpoint', { paginate: paginateDescribeEndpoints, input: {} }, page => page.Endpoints?.map(endpoint)),
  paged(
    'dms.replication-task',
    // The settings of one task are longer than all else that is known of it.
    { paginate: paginateDescribeReplicationTasks, input: { WithoutSettings: true } },
    page => page.ReplicationTasks,
  ),
  paged(
    'dms.replication-config',
    { paginate: paginateDescribeReplicationConfigs, input: {} },
    page => page.ReplicationConfigs,
  ),
  paged(
    'dms.replication-subnet-group',
    { paginate: paginateDescribeReplicationSubnetGroups, input: {} },
    page => page.ReplicationSubnetGroups,
  ),
  paged(
    'dms.event-subscription',
    { paginate: paginateDescribeEventSubscriptions, input: {} },
    page => page.EventSubscriptionsList,
  ),
  paged('dms.certificate', { paginate: paginateDescribeCertificates, input: {} }, page =>
    page.Certificates?.map(certificate),
  ),
]);
