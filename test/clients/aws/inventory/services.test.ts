// The rows that list services against the catalogue's, and against the simulator.
import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type AwsConnection, clientConfiguration } from '../../../../clients/aws/connection.ts';
import type { ListedPage } from '../../../../clients/aws/inventory/listing.ts';
import { listEnabledRegions } from '../../../../clients/aws/inventory/regions.ts';
import { listedServices, serviceListing } from '../../../../clients/aws/inventory/services.ts';
import { walkTagged } from '../../../../clients/aws/inventory/tagging.ts';
import { type ListingFailure, scanTuning } from '../../../../clients/aws/inventory/walk.ts';
import { createRequestRates } from '../../../../clients/aws/request-rates.ts';
import { nativeServices } from '../../../../contract/catalogue/native-services.ts';
import { resourceTypes } from '../../../../contract/catalogue/services.ts';
import { connectTo } from '../../../setup/connection.ts';
import { enterAccount } from '../../../setup/seeds/enter-account.ts';
import { walkWhole } from '../../../setup/walk-whole.ts';

const abortSignal = new AbortController().signal;
let connection: AwsConnection;
let empty: AwsConnection;
beforeAll(async () => {
  connection = connectTo(inject('simulator'));
  empty = await enterAccount(connection, String(randomInt(100_000_000_000, 999_999_999_999)));
});

/** Services that an account has to switch on, which say so as AWS does. */
const switchedOff: Readonly<Record<string, string>> = {
  organizations: 'AWSOrganizationsNotInUseException',
  securityhub: 'InvalidAccessException',
};

/** The simulator's own mistakes: what it answers where AWS would answer otherwise. What it lacks is `unsupported`. */
const mistakes: Readonly<Record<string, readonly [code: string, says: string]>> = {
  // The scopes of moto's own making are ALL, AWS and LOCAL; those of AWS are another parameter.
  'ram.permission': ['InvalidParameterException', 'CUSTOMER_MANAGED is not a valid scope'],
  // moto writes a time without its zone, which is no RFC 3339.
  'macie2.session': ['Error', 'Invalid RFC-3339 date-time value'],
};

const isKnown = (service: string, { types, failure }: ListingFailure): boolean => {
  if (failure.kind === 'unsupported') return true;
  if (failure.kind === 'not-enabled') return switchedOff[service] === failure.code;
  return types.every(type => {
    const [code, says = ''] = mistakes[type] ?? [];
    return code === failure.code && failure.message.includes(says);
  });
};

describe('the services that can be listed', () => {
  it('are those of the catalogue, in whatever order', () => {
    expect(listedServices.toSorted()).toEqual(nativeServices.map(({ key }) => key).toSorted());
  });
});

describe.each(nativeServices)('the rows of $key', ({ key, types }) => {
  it('list every type of the catalogue, each once', async () => {
    const service = (await serviceListing(key)).open(clientConfiguration(connection, scanTuning));
    service.close();
    const listed = service.listings.flatMap(listing => listing.types);
    expect([...listed].sort()).toEqual(
      resourceTypes
        .filter(type => type.service === key)
        .map(type => type.key)
        .sort(),
    );
  });

  it('are all answered by the simulator, or unknown to it', async () => {
    const steps = await walkWhole(key, empty);
    const failures = steps.filter(step => 'failure' in step);
    expect(failures.filter(step => !isKnown(key, step))).toEqual([]);
    const pages = steps.filter((step): step is ListedPage => 'items' in step);
    const seen = new Set([...pages.map(page => page.type), ...failures.flatMap(failure => failure.types)]);
    expect([...seen].sort()).toEqual(types.map(type => type.key).sort());
  });
});

describe('a walk', () => {
  it('lists what a region has by default', async () => {
    const pages = (await walkWhole('ec2', empty)).filter((step): step is ListedPage => 'items' in step);
    const counts = Object.groupBy(pages, page => page.type);
    expect(counts['ec2.vpc']?.[0]?.items).toHaveLength(1);
    expect(counts['ec2.subnet']?.[0]?.items.length).toBeGreaterThan(1);
  });

  it('of some types asks for no others', async () => {
    const steps = await walkWhole('ec2', empty, { types: ['ec2.vpc', 'ec2.subnet'] });
    const types = steps.flatMap(step => ('items' in step ? [step.type] : step.types));
    expect(new Set(types)).toEqual(new Set(['ec2.vpc', 'ec2.subnet']));
  });

  it('that is stopped throws, and does not say that the service failed', async () => {
    await expect(walkWhole('sqs', connection, { abortSignal: AbortSignal.abort(), limit: 1 })).rejects.toThrow();
  });
});

describe('the account', () => {
  it('says which regions it has switched on', async () => {
    const regions = await listEnabledRegions(connection, abortSignal);
    expect(regions).toContain('eu-west-1');
    expect(regions).toEqual(regions.toSorted());
  });

  it('has no tags where it has no resources', async () => {
    const rates = createRequestRates({ inFlight: 8, perService: 8 }, abortSignal);
    const elsewhere = { connection: { ...empty, region: 'sa-east-1' }, rates };
    const pages = await Array.fromAsync(walkTagged(elsewhere, abortSignal));
    expect(pages).toHaveLength(1);
    expect(pages.flat().filter(({ arn }) => arn.includes(':sqs:'))).toEqual([]);
    expect(pages.flat().filter(({ tags }) => Object.keys(tags).length > 0)).toEqual([]);
  });
});
