// Seeds of the global services: names and the edge.
import {
  CloudFrontClient,
  CreateDistributionCommand,
  CreateFunctionCommand,
  CreateKeyGroupCommand,
  CreateKeyValueStoreCommand,
  CreateOriginAccessControlCommand,
  CreatePublicKeyCommand,
} from '@aws-sdk/client-cloudfront';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  ChangeResourceRecordSetsCommand,
  CreateHealthCheckCommand,
  CreateHostedZoneCommand,
  CreateQueryLoggingConfigCommand,
  CreateReusableDelegationSetCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { RegisterDomainCommand, Route53DomainsClient } from '@aws-sdk/client-route-53-domains';
import type { Seed } from './seed.ts';

const lastName = (id: string | undefined) => id?.split('/').at(-1);

const zones: Seed = {
  types: ['zone', 'record-set', 'health-check', 'query-logging-config', 'reusable-delegation-set'].map(
    kind => `route53.${kind}`,
  ),
  global: true,
  create: async ({ configuration, account }) => {
    const client = new Route53Client(configuration);
    const Name = 'seeded.example.';
    const zone = await client.send(new CreateHostedZoneCommand({ Name, CallerReference: 'seed' }));
    const HostedZoneId = zone.HostedZone?.Id;
    const record = { Name: `a.${Name}`, TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] };
    const weighted = { ...record, Type: 'A' as const, SetIdentifier: 'one', Weight: 1 };
    await client.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId,
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet: weighted }] },
      }),
    );
    const check = await client.send(
      new CreateHealthCheckCommand({
        CallerReference: 'seed',
        HealthCheckConfig: { Type: 'HTTP', IPAddress: '192.0.2.1', Port: 80 },
      }),
    );
    const logGroupName = '/aws/route53/seeded';
    await new CloudWatchLogsClient(configuration).send(new CreateLogGroupCommand({ logGroupName }));
    const logging = await client.send(
      new CreateQueryLoggingConfigCommand({
        HostedZoneId,
        CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:${logGroupName}:*`,
      }),
    );
    const set = await client.send(new CreateReusableDelegationSetCommand({ CallerReference: 'seed' }));
    const zoneArn = `arn:aws:route53:::hostedzone/${lastName(HostedZoneId)}`;
    return [
      zoneArn,
      `${zoneArn}/recordset/a.${Name}/A/one`,
      `arn:aws:route53:::healthcheck/${check.HealthCheck?.Id}`,
      `arn:aws:route53:::queryloggingconfig/${logging.QueryLoggingConfig?.Id}`,
      `arn:aws:route53:::delegationset/${lastName(set.DelegationSet?.Id)}`,
    ];
  },
};

const domains: Seed = {
  types: ['route53domains.domain'],
  global: true,
  create: async ({ configuration, account }) => {
    const contact = {
      FirstName: 'A',
      LastName: 'B',
      ContactType: 'PERSON' as const,
      AddressLine1: 'C 1',
      City: 'D',
      CountryCode: 'FI' as const,
      ZipCode: '1',
      PhoneNumber: '+358.1',
      Email: 'a@seeded.example',
    };
    await new Route53DomainsClient(configuration).send(
      new RegisterDomainCommand({
        DomainName: 'seeded.com',
        DurationInYears: 2,
        AdminContact: contact,
        RegistrantContact: contact,
        TechContact: contact,
      }),
    );
    return [`arn:aws:route53domains::${account}:domain/seeded.com`];
  },
};

const distribution = {
  CallerReference: 'seed',
  Comment: 'seeded',
  Enabled: true,
  Origins: {
    Quantity: 1,
    Items: [
      {
        Id: 'one',
        DomainName: 'seeded.example',
        CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'x-a', HeaderValue: 'b' }] },
        CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' as const },
      },
    ],
  },
  DefaultCacheBehavior: {
    TargetOriginId: 'one',
    ViewerProtocolPolicy: 'https-only' as const,
    MinTTL: 0,
    ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' as const } },
  },
};

const edge: Seed = {
  types: ['distribution', 'origin-access-control', 'public-key', 'key-group', 'function', 'key-value-store'].map(
    kind => `cloudfront.${kind}`,
  ),
  global: true,
  create: async ({ configuration, account }) => {
    const client = new CloudFrontClient(configuration);
    const made = await client.send(new CreateDistributionCommand({ DistributionConfig: distribution }));
    const control = await client.send(
      new CreateOriginAccessControlCommand({
        OriginAccessControlConfig: {
          Name: 'seeded',
          OriginAccessControlOriginType: 's3',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      }),
    );
    const key = await client.send(
      new CreatePublicKeyCommand({
        PublicKeyConfig: { CallerReference: 'seed', Name: 'seeded', EncodedKey: 'seeded' },
      }),
    );
    const keys = await client.send(
      new CreateKeyGroupCommand({ KeyGroupConfig: { Name: 'seeded', Items: [key.PublicKey?.Id ?? ''] } }),
    );
    const written = await client.send(
      new CreateFunctionCommand({
        Name: 'seeded',
        FunctionConfig: { Comment: 'seeded', Runtime: 'cloudfront-js-2.0' },
        FunctionCode: Buffer.from('function handler(event) { return event.request; }'),
      }),
    );
    const store = await client.send(new CreateKeyValueStoreCommand({ Name: 'seeded' }));
    const prefix = `arn:aws:cloudfront::${account}`;
    return [
      made.Distribution?.ARN,
      `${prefix}:origin-access-control/${control.OriginAccessControl?.Id}`,
      `${prefix}:public-key/${key.PublicKey?.Id}`,
      `${prefix}:key-group/${keys.KeyGroup?.Id}`,
      written.FunctionSummary?.FunctionMetadata?.FunctionARN,
      store.KeyValueStore?.ARN,
    ];
  },
};

export const globalSeeds: readonly Seed[] = [zones, domains, edge];
