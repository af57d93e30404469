// Lightsail: each type whole, from calls that the SDK does not page.
import {
  GetAlarmsCommand,
  GetBucketsCommand,
  GetCertificatesCommand,
  GetContactMethodsCommand,
  GetContainerServicesCommand,
  GetDiskSnapshotsCommand,
  GetDisksCommand,
  GetDistributionsCommand,
  GetDomainsCommand,
  GetInstanceSnapshotsCommand,
  GetInstancesCommand,
  GetKeyPairsCommand,
  GetLoadBalancersCommand,
  GetRelationalDatabaseSnapshotsCommand,
  GetRelationalDatabasesCommand,
  GetStaticIpsCommand,
  LightsailClient,
} from '@aws-sdk/client-lightsail';
import { lightsail as catalogue } from '../../../../contract/catalogue/native/lightsail.ts';
import { defineService, type Listing } from '../listing.ts';
import { asked, type CallOptions } from '../page-walks.ts';
import { type Items, single } from '../rows.ts';
import { without } from '../withhold.ts';

interface Input {
  pageToken: string | undefined;
}

interface Output {
  readonly nextPageToken?: string | undefined;
}

const row = <const Key extends string, Page extends Output>(
  type: Key,
  send: (client: LightsailClient, input: Input, options: CallOptions) => Promise<Page>,
  items: (page: Page) => Items,
) =>
  asked(
    type,
    {
      ask: (client: LightsailClient, pageToken: string | undefined, options) => send(client, { pageToken }, options),
      next: page => page.nextPageToken,
    },
    items,
  );

/** Distributions and DNS zones are asked for in one region, and an error in all others. */
const onlyRegion = 'us-east-1';

const inOnlyRegion = <const Key extends string>(
  listing: Listing<LightsailClient, Key>,
): Listing<LightsailClient, Key> => ({
  types: listing.types,
  pages: async function* pages(client, options) {
    if ((await client.config.region()) === onlyRegion) return yield* listing.pages(client, options);
    // An empty page would be an answer that nobody has given: of an account that denies all, the only one.
    throw Object.assign(new Error(`asked for in ${onlyRegion} alone`), { name: 'NotInRegion' });
  },
});

export const lightsail = defineService(catalogue, configuration => new LightsailClient(configuration), [
  row(
    'lightsail.instance',
    (client, input, options) => client.send(new GetInstancesCommand(input), options),
    page => page.instances,
  ),
  row(
    'lightsail.instance-snapshot',
    (client, input, options) => client.send(new GetInstanceSnapshotsCommand(input), options),
    page => page.instanceSnapshots,
  ),
  row(
    'lightsail.load-balancer',
    (client, input, options) => client.send(new GetLoadBalancersCommand(input), options),
    page => page.loadBalancers,
  ),
  row(
    'lightsail.database',
    (client, input, options) => client.send(new GetRelationalDatabasesCommand(input), options),
    page => page.relationalDatabases,
  ),
  row(
    'lightsail.database-snapshot',
    (client, input, options) => client.send(new GetRelationalDatabaseSnapshotsCommand(input), options),
    page => page.relationalDatabaseSnapshots,
  ),
  row(
    'lightsail.disk',
    (client, input, options) => client.send(new GetDisksCommand(input), options),
    page => page.disks,
  ),
  row(
    'lightsail.disk-snapshot',
    (client, input, options) => client.send(new GetDiskSnapshotsCommand(input), options),
    page => page.diskSnapshots,
  ),
  row(
    'lightsail.static-ip',
    (client, input, options) => client.send(new GetStaticIpsCommand(input), options),
    page => page.staticIps,
  ),
  row(
    'lightsail.bucket',
    (client, input, options) => client.send(new GetBucketsCommand(input), options),
    page => page.buckets,
  ),
  single('lightsail.container-service', async (client: LightsailClient, options) =>
    // Of containers, where people keep passwords.
    without('environment')((await client.send(new GetContainerServicesCommand({}), options)).containerServices),
  ),
  row(
    'lightsail.certificate',
    (client, input, options) => client.send(new GetCertificatesCommand(input), options),
    page => page.certificates,
  ),
  row(
    'lightsail.key-pair',
    (client, input, options) => client.send(new GetKeyPairsCommand(input), options),
    page => page.keyPairs,
  ),
  row(
    'lightsail.alarm',
    (client, input, options) => client.send(new GetAlarmsCommand(input), options),
    page => page.alarms,
  ),
  single(
    'lightsail.contact-method',
    async (client: LightsailClient, options) =>
      (await client.send(new GetContactMethodsCommand({}), options)).contactMethods,
  ),
  inOnlyRegion(
    row(
      'lightsail.distribution',
      (client, input, options) => client.send(new GetDistributionsCommand(input), options),
      page => page.distributions,
    ),
  ),
  inOnlyRegion(
    row(
      'lightsail.domain',
      (client, input, options) => client.send(new GetDomainsCommand(input), options),
      page => page.domains,
    ),
  ),
]);
