// What the scan calls in an account beside what the role there may: a call without its right, and a right without a call, are mistakes.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloudControlAction } from '../../../contract/catalogue/catalogue.ts';
import { hintActions } from '../../../contract/catalogue/hint-actions.ts';
import { nativeServices } from '../../../contract/catalogue/native-services.ts';
import { regionsAction, taggingAction } from '../../../contract/catalogue/services.ts';
import { driftActions } from '../../../contract/drift/policy.ts';
import { sampleFacts } from './sample-estate.ts';

const root = join(import.meta.dirname, '..', '..', '..', 'clients', 'aws');

/** Services that IAM calls otherwise than the SDK's packages. */
const iamNames: Readonly<Record<string, string>> = {
  accessanalyzer: 'access-analyzer',
  'app-mesh': 'appmesh',
  'auto-scaling': 'autoscaling',
  'cloudwatch-logs': 'logs',
  cloudcontrol: 'cloudformation',
  'cognito-identity-provider': 'cognito-idp',
  'config-service': 'config',
  'database-migration-service': 'dms',
  'direct-connect': 'directconnect',
  'directory-service': 'ds',
  efs: 'elasticfilesystem',
  'elastic-beanstalk': 'elasticbeanstalk',
  'elastic-load-balancing': 'elasticloadbalancing',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  eventbridge: 'events',
  'global-accelerator': 'globalaccelerator',
  'kinesis-analytics-v2': 'kinesisanalytics',
  opensearch: 'es',
  'resource-groups-tagging-api': 'tag',
  'route-53': 'route53',
  'route-53-domains': 'route53domains',
  's3-control': 's3',
  'secrets-manager': 'secretsmanager',
  'service-catalog': 'servicecatalog',
  sesv2: 'ses',
  sfn: 'states',
  'sso-admin': 'sso',
  'storage-gateway': 'storagegateway',
};

/** Calls whose right has another name; null where none is asked for. */
const otherActions: Readonly<Record<string, string | null>> = {
  'budgets:DescribeBudgets': 'budgets:ViewBudget',
  's3:GetBucketAccelerateConfiguration': 's3:GetAccelerateConfiguration',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:ListBucketAnalyticsConfigurations': 's3:GetAnalyticsConfiguration',
  's3:ListBucketInventoryConfigurations': 's3:GetInventoryConfiguration',
  's3:ListBucketMetricsConfigurations': 's3:GetMetricsConfiguration',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  'sts:GetCallerIdentity': null,
};

const actionOf = (client: string, operation: string): string | null => {
  // Its rights are verbs of HTTP.
  if (/^api-?gateway/.test(client)) return 'apigateway:GET';
  const call = `${client}:${operation}`;
  return call in otherActions ? (otherActions[call] ?? null) : `${iamNames[client] ?? client}:${operation}`;
};

/** Commands and paginators that a file imports, as IAM's actions. */
const actionsCalledIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
    ([, names = '', client = '']) =>
      [...names.matchAll(/\b(?<!type )(?:paginate(\w+)|(\w+)Command)\b(?!Input|Output)/g)].flatMap(
        ([, paginated, command]) => actionOf(client, paginated ?? command ?? '') ?? [],
      ),
  );

/** Not called: GetFunction leaves out the tags of who may not list them. */
const neededBeside = ['lambda:listtags'];

const sorted = (actions: readonly string[]): string[] => [...new Set(actions.map(each => each.toLowerCase()))].sort();

const files = [...globSync(join(root, '{inventory,drift}', '**', '*.ts')), join(root, 'stacks.ts')];
const called = sorted(files.flatMap(actionsCalledIn));

describe('the role in every account', () => {
  it('may make each call of the scan', () => {
    const { member } = sampleFacts({ drift: { from: ['tfstate+s3://states/{account_id}'] } });
    const may = new Set(sorted(member.actions));
    expect(called.length).toBeGreaterThan(500);
    expect(called.filter(action => !may.has(action))).toEqual([]);
  });

  it('may do nothing else, but for what Cloud Control calls in its name', () => {
    const granted = sorted([
      ...nativeServices.flatMap(({ types }) => types.flatMap(({ actions }) => actions)),
      ...driftActions,
      ...hintActions,
      cloudControlAction,
      regionsAction,
      taggingAction,
    ]);
    expect(granted.filter(action => !called.includes(action))).toEqual(neededBeside);
  });
});
