// Settings → everything that apply brings about.
import { describe, expect, it } from 'vitest';
import { desiredEstate } from '../../../contract/access/desired-estate.ts';
import type { DesiredResource } from '../../../contract/access/estate.ts';
import { issuerSchema } from '../../../contract/access/infrastructure-settings.ts';
import { serviceAccounts } from '../../../contract/access/trusts.ts';
import { billing, issuer, sampleFacts, security } from './sample-estate.ts';

const estateOf = (...args: Parameters<typeof sampleFacts>): readonly DesiredResource[] =>
  desiredEstate(sampleFacts(...args));

const role = (estate: readonly DesiredResource[], name: string) => {
  const found = estate.find(each => each.kind === 'role' && each.name === name);
  if (found?.kind !== 'role') throw new Error(`no role ${name}`);
  return found;
};
const statement = (estate: readonly DesiredResource[], name: string, sid: string) =>
  role(estate, name).inlinePolicies[name]?.Statement.find(({ Sid }) => Sid === sid);
const bucketOf = (estate: readonly DesiredResource[]) => {
  const found = estate.find(({ kind }) => kind === 'bucket');
  if (found?.kind !== 'bucket') throw new Error('no bucket');
  return found;
};

describe('the estate', () => {
  it('is made in the order in which one thing needs the other', () => {
    const kinds = estateOf({ infrastructure: { cliBucket: 'cli-bucket' } }).map(({ kind }) => kind);
    const order = ['oidc-provider', 'role', 'bucket', 'object', 'managed-policy', 'role', 'stack-set'];
    expect(kinds.filter((kind, at) => kind !== kinds[at - 1])).toEqual(order);
  });

  it('has each role in its account, and a twin that may do the same', () => {
    const estate = estateOf();
    for (const [name, account] of [
      ['Inventory-Orchestrator', 'billing'],
      ['Inventory-Runner', 'security'],
      ['Inventory-Exporter', 'security'],
    ] as const) {
      expect(role(estate, name)).toMatchObject({ account, path: '/', trustMode: 'merge' });
      const twin = role(estate, `${name}-Test`);
      expect(twin).toMatchObject({ account, trustMode: 'keep-existing' });
      expect(Object.values(twin.inlinePolicies)).toEqual(Object.values(role(estate, name).inlinePolicies));
    }
  });

  it('trusts each issuer for its service account and audience', () => {
    const other = 'oidc.eks.eu-west-1.amazonaws.com/id/OTHER';
    const estate = estateOf({ infrastructure: { issuers: { prod: [issuer, other], test: [] } } });
    expect(role(estate, 'Inventory-Orchestrator').trust.Statement).toMatchObject(
      [issuer, other].map(each => ({
        Principal: { Federated: `arn:aws:iam::${billing}:oidc-provider/${each}` },
        Condition: {
          StringEquals: {
            [`${each}:aud`]: 'sts.amazonaws.com',
            [`${each}:sub`]: `system:serviceaccount:inventory:${serviceAccounts.orchestrator}`,
          },
        },
      })),
    );
  });

  it.each([
    [{}, ['organizations:ListAccounts']],
    [{ accounts: { tags: { stage: ['prod'] } } }, ['organizations:ListAccounts', 'organizations:ListTagsForResource']],
    [
      { accounts: { organizationalUnits: { include: ['Workloads'] } } },
      [
        'organizations:ListAccounts',
        'organizations:ListAccountsForParent',
        'organizations:ListOrganizationalUnitsForParent',
        'organizations:ListRoots',
      ],
    ],
    [
      { drift: { from: ['tfstate+s3://states/{ou}/{tag:stage}/{account_id}.tfstate'] } },
      [
        'organizations:ListAccounts',
        'organizations:ListAccountsForParent',
        'organizations:ListOrganizationalUnitsForParent',
        'organizations:ListRoots',
        'organizations:ListTagsForResource',
      ],
    ],
  ])('lets the orchestrator make the calls of the selection %j', (overrides, expected) => {
    expect(statement(estateOf(overrides), 'Inventory-Orchestrator', 'ListAccounts')?.Action).toEqual(expected);
  });

  it('lets the runner assume every role that the settings can name', () => {
    const other = 'arn:aws:iam::333333333333:role/CustomAudit';
    const estate = estateOf({
      role: { name: 'audit/reader', overrides: { '333333333333': { arn: other } }, sourceIdentity: 'inventory' },
      drift: { from: ['tfstate+s3://b/{account_id}'], state: { role: 'arn:aws:iam::{account_id}:role/States' } },
    });
    const action = ['sts:AssumeRole', 'sts:SetSourceIdentity'];
    expect(statement(estate, 'Inventory-Runner', 'AssumeRole')).toMatchObject({
      Action: action,
      Resource: ['arn:aws:iam::*:role/audit/reader'],
      Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } },
    });
    expect(statement(estate, 'Inventory-Runner', 'AssumeNamedRoles')).toEqual({
      Sid: 'AssumeNamedRoles',
      Effect: 'Allow',
      Action: action,
      Resource: ['arn:aws:iam::*:role/States', other],
    });
  });

  it('keeps everybody below the prefixes of the settings', () => {
    const estate = estateOf({ reports: { bucket: 'b-1', prefix: 'AWSRecon', otherPrefix: 'inventory/other' } });
    expect(statement(estate, 'Inventory-Runner', 'UploadInventory')?.Resource).toEqual([
      'arn:aws:s3:::b-1/AWSRecon/*',
      'arn:aws:s3:::b-1/inventory/other/*',
    ]);
    expect(statement(estate, 'Inventory-Orchestrator', 'CloseRuns')?.Resource).toEqual([
      'arn:aws:s3:::b-1/inventory/other/*/run_*.json',
      'arn:aws:s3:::b-1/inventory/other/latest.json',
    ]);
  });

  it('lets them use the key of the bucket through S3 alone', () => {
    const kmsKey = `arn:aws:kms:eu-west-1:${security}:key/1234`;
    const estate = estateOf({ reports: { kmsKey } });
    for (const name of ['Inventory-Orchestrator', 'Inventory-Runner', 'Inventory-Exporter'])
      expect(statement(estate, name, 'UseBucketKey')).toMatchObject({
        Resource: kmsKey,
        Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      });
    const sids = bucketOf(estate).policy.Statement.map(({ Sid }) => Sid);
    expect(sids).toContain('DenyOtherKeys');
    expect(statement(estateOf(), 'Inventory-Runner', 'UseBucketKey')).toBeUndefined();
  });

  it('has a bucket that only the Organization reaches, by TLS, with the orchestrator of the other account', () => {
    const { policy } = bucketOf(estateOf());
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual([
      'DenyPlainHttp',
      'DenyOtherOrganizations',
      'OrchestratorClosesRuns',
      'OrchestratorReadsRecords',
      'StackSetReadsTemplate',
    ]);
    expect(policy.Statement[1]?.Condition).toEqual({
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    });
    expect(policy.Statement[2]).toMatchObject({
      Condition: {
        ArnEquals: {
          'aws:PrincipalArn': [
            `arn:aws:iam::${billing}:role/Inventory-Orchestrator`,
            `arn:aws:iam::${billing}:role/Inventory-Orchestrator-Test`,
          ],
        },
      },
    });
  });

  it('narrows nothing to an Organization that is not known', () => {
    const estate = estateOf({}, { organizationId: null });
    expect(JSON.stringify(estate)).not.toMatch(/PrincipalOrgID|ResourceOrgID/);
  });

  it('has the providers once where both accounts are the same', () => {
    const estate = estateOf({}, { billingAccountId: security });
    expect(estate.filter(({ kind }) => kind === 'oidc-provider')).toHaveLength(1);
    expect(JSON.stringify(bucketOf(estate).policy)).not.toContain('OrchestratorClosesRuns');
  });

  it('rolls nothing out to a list of accounts', () => {
    const estate = estateOf({ accounts: { from: [{ id: '333333333333' }] } });
    expect(estate.some(({ kind }) => kind === 'stack-set' || kind === 'managed-policy')).toBe(false);
  });

  it.each([
    ['aws-cn', 'cn-north-1', 's3.cn-north-1.amazonaws.com.cn'],
    ['aws-us-gov', 'us-gov-west-1', 's3.us-gov-west-1.amazonaws.com'],
  ])('speaks of the partition %s alone', (partition, region, via) => {
    const kmsKey = `arn:${partition}:kms:${region}:${security}:key/1234`;
    const text = JSON.stringify(estateOf({ reports: { kmsKey } }, { partition, region }));
    expect(text).not.toContain('arn:aws:');
    expect(text).toContain(via);
  });
});

describe('an issuer', () => {
  it.each([
    issuer,
    `https://${issuer}`,
    `https://${issuer}/`,
    ` ${issuer} `,
    `arn:aws:iam::111111111111:oidc-provider/${issuer}`,
  ])('is read from %j', text => {
    expect(issuerSchema.parse(text)).toBe(issuer);
  });

  it.each(['', 'my cluster', 'https://', 'localhost'])('is not %j', text => {
    expect(issuerSchema.safeParse(text).success).toBe(false);
  });
});
