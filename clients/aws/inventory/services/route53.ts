// Route 53: hosted zones with every record of each, and what stands beside them.
import {
  type HostedZone,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  ListReusableDelegationSetsCommand,
  ListTrafficPoliciesCommand,
  ListTrafficPolicyInstancesCommand,
  type ListTrafficPolicyInstancesCommandInput,
  paginateListCidrCollections,
  paginateListHealthChecks,
  paginateListHostedZones,
  paginateListQueryLoggingConfigs,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { route53 as catalogue } from '../../../../contract/catalogue/native/route53.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { asked, askPages, type CallOptions, pick } from '../page-walks.ts';
import { paged, walkPages } from '../rows.ts';

const zones = { paginate: paginateListHostedZones, input: {} };

/** It writes `/hostedzone/Z1` and `/delegationset/N1` where ARNs have the last name alone. */
const lastName = (id: string | undefined) => id?.split('/').at(-1);

type RecordPlace = Pick<
  ListResourceRecordSetsCommandInput,
  'StartRecordName' | 'StartRecordType' | 'StartRecordIdentifier'
>;

const recordsOf = (HostedZoneId: string | undefined) => ({
  ask: (client: Route53Client, place: RecordPlace | undefined, options: CallOptions) =>
    client.send(new ListResourceRecordSetsCommand({ HostedZoneId, ...place, MaxItems: 300 }), options),
  next: (page: {
    IsTruncated: boolean | undefined;
    NextRecordName?: string | undefined;
    NextRecordType?: RecordPlace['StartRecordType'];
    NextRecordIdentifier?: string | undefined;
  }): RecordPlace | undefined =>
    page.IsTruncated
      ? {
          StartRecordName: page.NextRecordName,
          StartRecordType: page.NextRecordType,
          StartRecordIdentifier: page.NextRecordIdentifier,
        }
      : undefined,
});

/** Of one name and type there may be a set, each with an identifier of its own. */
const namedIn = (zone: HostedZone, record: ResourceRecordSet) => ({
  ...record,
  HostedZoneId: lastName(zone.Id),
  RecordSetId: [record.Name, record.Type, record.SetIdentifier].filter(part => part !== undefined).join('/'),
});

type InstancePlace = Omit<ListTrafficPolicyInstancesCommandInput, 'MaxItems'>;

export const route53 = defineService(catalogue, configuration => new Route53Client(configuration), [
  paged('route53.zone', zones, page => page.HostedZones?.map(zone => ({ ...zone, HostedZoneId: lastName(zone.Id) }))),
  nested({
    type: 'route53.record-set',
    parents: (client: Route53Client, abortSignal) =>
      pick(walkPages(client, zones, abortSignal), page => page.HostedZones),
    children: (client, zone, abortSignal) =>
      pick(askPages(client, recordsOf(zone.Id), abortSignal), page =>
        page.ResourceRecordSets?.map(record => namedIn(zone, record)),
      ),
    gone: ['NoSuchHostedZone'],
  }),
  paged('route53.health-check', { paginate: paginateListHealthChecks, input: {} }, page => page.HealthChecks),
  paged(
    'route53.query-logging-config',
    { paginate: paginateListQueryLoggingConfigs, input: {} },
    page => page.QueryLoggingConfigs,
  ),
  asked(
    'route53.reusable-delegation-set',
    {
      ask: (client: Route53Client, Marker: string | undefined, options) =>
        client.send(new ListReusableDelegationSetsCommand({ Marker }), options),
      next: page => (page.IsTruncated ? page.NextMarker : undefined),
    },
    page => page.DelegationSets?.map(set => ({ ...set, DelegationSetId: lastName(set.Id) })),
  ),
  asked(
    'route53.traffic-policy',
    {
      ask: (client: Route53Client, TrafficPolicyIdMarker: string | undefined, options) =>
        client.send(new ListTrafficPoliciesCommand({ TrafficPolicyIdMarker }), options),
      next: page => (page.IsTruncated ? page.TrafficPolicyIdMarker : undefined),
    },
    page => page.TrafficPolicySummaries,
  ),
  asked(
    'route53.traffic-policy-instance',
    {
      ask: (client: Route53Client, place: InstancePlace | undefined, options) =>
        client.send(new ListTrafficPolicyInstancesCommand({ ...place }), options),
      next: (page): InstancePlace | undefined =>
        page.IsTruncated
          ? {
              HostedZoneIdMarker: page.HostedZoneIdMarker,
              TrafficPolicyInstanceNameMarker: page.TrafficPolicyInstanceNameMarker,
              TrafficPolicyInstanceTypeMarker: page.TrafficPolicyInstanceTypeMarker,
            }
          : undefined,
    },
    page => page.TrafficPolicyInstances,
  ),
  paged('route53.cidr-collection', { paginate: paginateListCidrCollections, input: {} }, page => page.CidrCollections),
]);
