// The rows that list services against the catalogue's, and against the simulator.
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type AwsConnection, clientConfiguration } from '../../../../clients/aws/connection.ts';
import type { ListedPage } from '../../../../clients/aws/inventory/listing.ts';
import { listEnabledRegions } from '../../../../clients/aws/inventory/regions.ts';
import { serviceListing } from '../../../../clients/aws/inventory/services.ts';
import { walkTagged } from '../../../../clients/aws/inventory/tagging.ts';
import { scanTuning, type WalkStep, walkService } from '../../../../clients/aws/inventory/walk.ts';
import { resourceTypes, type ServiceKey, services } from '../../../../contract/catalogue/services.ts';
import { connectTo } from '../../../setup/connection.ts';

const abortSignal = new AbortController().signal;
let connection: AwsConnection;
beforeAll(() => {
  connection = connectTo(inject('simulator'));
});

describe.each(services)('the rows of $key', ({ key }) => {
  it('list every type of the catalogue, each once', () => {
    const service = serviceListing(key).open(clientConfiguration(connection, scanTuning));
    service.close();
    const listed = service.listings.flatMap(listing => listing.types);
    expect([...listed].sort()).toEqual(
      resourceTypes
        .filter(type => type.service === key)
        .map(type => type.key)
        .sort(),
    );
  });

  it('are all answered by the simulator', async () => {
    const failures = (await walk(key)).filter(step => 'failure' in step);
    expect(failures).toEqual([]);
  });
});

const walk = async (key: ServiceKey, from: AwsConnection = connection): Promise<WalkStep[]> =>
  Array.fromAsync(walkService(serviceListing(key), from, { abortSignal, limit: Number.POSITIVE_INFINITY }));

describe('a walk', () => {
  it('lists what a region has by default', async () => {
    const pages = (await walk('ec2')).filter((step): step is ListedPage => 'items' in step);
    const counts = Object.groupBy(pages, page => page.type);
    expect(counts['ec2.vpc']?.[0]?.items).toHaveLength(1);
    expect(counts['ec2.subnet']?.[0]?.items.length).toBeGreaterThan(1);
  });

  it('that is stopped throws, and does not say that the service failed', async () => {
    const stopped = walkService(serviceListing('sqs'), connection, { abortSignal: AbortSignal.abort(), limit: 1 });
    await expect(Array.fromAsync(stopped)).rejects.toThrow();
  });
});

describe('the account', () => {
  it('says which regions it has switched on', async () => {
    const regions = await listEnabledRegions(connection, abortSignal);
    expect(regions).toContain('eu-west-1');
    expect(regions).toEqual(regions.toSorted());
  });

  it('has no tags where it has no resources', async () => {
    const elsewhere = { ...connection, region: 'sa-east-1' };
    expect((await Array.fromAsync(walkTagged(elsewhere, { services: ['sqs'], abortSignal }))).flat()).toEqual([]);
  });
});
