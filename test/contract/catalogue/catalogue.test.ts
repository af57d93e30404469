// The whole catalogue: how much it lists, whether all of it can be reached, and that listing it only reads.
import { describe, expect, it } from 'vitest';
import { catalogue, catalogueType, cloudControlAction, unlistedTypes } from '../../../contract/catalogue/catalogue.ts';
import { homeOfType, homeRegion } from '../../../contract/catalogue/global-scope.ts';
import { nativeServices } from '../../../contract/catalogue/native-services.ts';
import { taggingAction } from '../../../contract/catalogue/services.ts';

const native = catalogue.filter(({ tier }) => tier === 'native');

describe('the catalogue', () => {
  it('lists 1,400 types, 500 of them by calls of a hundred services', () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(1_400);
    expect(native.length).toBeGreaterThanOrEqual(500);
    expect(new Set(native.map(type => type.native?.service)).size).toBeGreaterThanOrEqual(100);
  });

  it('has no type twice, under no tier and no spelling', () => {
    const names = catalogue.map(({ type }) => type.toLowerCase());
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(unlistedTypes.filter(type => catalogueType(type) !== undefined)).toEqual([]);
  });

  it('names all types as CloudFormation does', () => {
    expect(catalogue.map(({ type }) => type).filter(type => !/^[A-Za-z0-9]+(::[A-Za-z0-9]+){2,3}$/.test(type))).toEqual(
      [],
    );
    expect(catalogue.filter(({ service, reconType }) => service === '' || !/^[a-z0-9_]+$/.test(reconType))).toEqual([]);
  });

  it.each([
    'AWS::EC2::Snapshot',
    'AWS::EC2::Image',
    'AWS::StepFunctions::StateMachine',
    'AWS::OpenSearchService::Domain',
    'AWS::Route53::RecordSet',
    'AWS::CodeBuild::Project',
    'AWS::FSx::FileSystem',
    'AWS::DocDB::DBCluster',
    'AWS::EMR::Cluster',
    'AWS::Glue::Table',
    'AWS::IAM::AccessKey',
    'AWS::IAM::UserPolicy',
    'AWS::IAM::RolePolicy',
    'AWS::IAM::GroupPolicy',
    'AWS::RDS::DBSnapshot',
    'AWS::RDS::ClusterSnapshot',
    'AWS::EC2::ClientVpnEndpoint',
  ])('lists %s by calls of its own', type => {
    expect(catalogueType(type)?.tier).toBe('native');
  });
});

describe('a parent', () => {
  const below = catalogue.filter(({ list }) => list?.below !== undefined);

  it('can be listed itself, and answers some input', () => {
    const lost = below.filter(({ list }) => catalogueType(list?.below ?? '') === undefined);
    expect(lost.map(({ type }) => type)).toEqual([]);
    expect(below.filter(({ list }) => (list?.keys ?? []).length === 0).map(({ type }) => type)).toEqual([]);
  });

  it('is asked where its children are', () => {
    const apart = below.filter(({ scope, list }) => catalogueType(list?.below ?? '')?.scope !== scope);
    expect(apart.map(({ type, list }) => `${type} below ${list?.below}`)).toEqual([]);
  });

  it('lies not below its children', () => {
    const ancestors = (type: string, seen: readonly string[] = []): readonly string[] => {
      const parent = catalogueType(type)?.list?.below;
      if (parent === undefined) return seen;
      if (seen.includes(parent)) throw new Error(`${type} lies below itself: ${seen.join(' ')}`);
      return ancestors(parent, [...seen, parent]);
    };
    for (const { type } of below) expect(ancestors(type).length).toBeLessThan(6);
  });
});

describe('an action', () => {
  const actions = [...new Set([...catalogue.flatMap(type => type.actions), cloudControlAction, taggingAction])];
  const verbOf = (action: string): string => action.split(':')[1] ?? '';

  it('is one of IAM, and every type needs one', () => {
    expect(actions.filter(action => !/^[a-z0-9-]+:[A-Za-z0-9]+\*?$/.test(action))).toEqual([]);
    expect(catalogue.filter(type => type.actions.length === 0).map(({ type }) => type)).toEqual([]);
  });

  it('writes nothing', () => {
    const writes =
      /^(Create|Delete|Update|Put|Modify|Attach|Detach|Add|Remove|Set|Start|Stop|Tag|Untag|Associate|Disassociate|Enable|Disable|Register|Deregister|Run|Terminate|Invoke|Send|Publish|Reset|Restore|Copy|Import|Export|Cancel|Accept|Reject|Execute|Pass|Assume|Grant|Revoke|Allocate|Release|Reboot|Rotate|Encrypt|Sign|Upload|Write|Apply|Authorize|Subscribe|Unsubscribe)/i;
    expect(actions.filter(action => writes.test(verbOf(action)))).toEqual([]);
  });

  it('begins with a word that reads', () => {
    const reads = /^(list|describe|get|batchget|batchdescribe|search|lookup|view|query)/i;
    expect(actions.filter(action => !reads.test(verbOf(action)))).toEqual([]);
  });

  it('reads no contents and no secrets', () => {
    const forbidden =
      /^(s3:GetObject\w*|secretsmanager:(Get|BatchGet)SecretValue|ssm:GetParameter\w*|kms:(Decrypt|GenerateDataKey\w*)|dynamodb:(GetItem|BatchGetItem|Query|Scan|GetRecords)|lambda:GetFunction|sts:\w+|sqs:ReceiveMessage|kinesis:GetRecords|logs:(GetLogEvents|FilterLogEvents|GetLogRecord)|ecr:GetAuthorizationToken|codeartifact:GetAuthorizationToken|rds:DownloadDBLogFile\w*|athena:GetQueryResults|redshift:GetClusterCredentials\w*|ec2:GetPasswordData|iam:GenerateCredentialReport)$/i;
    expect(actions.filter(action => forbidden.test(action))).toEqual([]);
  });
});

describe('a global type', () => {
  it.each(['aws', 'aws-cn', 'aws-us-gov'])('has a home in %s', partition => {
    const globalTypes = catalogue.filter(({ scope, tier }) => scope === 'global' && tier === 'cloud-control');
    expect(globalTypes.length).toBeGreaterThan(40);
    expect(globalTypes.filter(({ type }) => homeOfType(type, partition) === undefined)).toEqual([]);
    const homes = nativeServices
      .filter(({ scope }) => scope === 'global')
      .map(({ home }) => homeRegion(partition, home));
    expect(homes.filter(home => home === undefined)).toEqual([]);
  });

  it('is asked in a region of its own partition', () => {
    expect(homeOfType('AWS::NetworkManager::Device', 'aws')).toBe('us-west-2');
    expect(homeOfType('AWS::NetworkManager::Device', 'aws-us-gov')).toBe('us-gov-west-1');
    expect(homeOfType('AWS::CloudFront::TrustStore', 'aws-cn')).toBe('cn-northwest-1');
    expect(homeOfType('AWS::CloudFront::TrustStore', 'aws-iso')).toBeUndefined();
  });
});
