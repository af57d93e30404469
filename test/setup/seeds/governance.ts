// Seeds of who may do what: identities, organizations, keys and secrets.
import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { CognitoIdentityClient, CreateIdentityPoolCommand } from '@aws-sdk/client-cognito-identity';
import {
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateGroupCommand as CreatePoolGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  ConnectDirectoryCommand,
  CreateDirectoryCommand,
  CreateMicrosoftADCommand,
  DirectoryServiceClient,
} from '@aws-sdk/client-directory-service';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UploadServerCertificateCommand,
} from '@aws-sdk/client-iam';
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateResourceShareCommand, RAMClient } from '@aws-sdk/client-ram';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreatePermissionSetCommand, ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin';
import type { Seed } from './seed.ts';

const allow = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
});
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
});

const inlinePolicies: Seed = {
  types: ['iam.user', 'iam.user-policy', 'iam.group', 'iam.group-policy', 'iam.role', 'iam.role-policy'],
  global: true,
  create: async ({ configuration }) => {
    const iam = new IAMClient(configuration);
    const policy = { PolicyName: 'seeded', PolicyDocument: allow };
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'seeded', Path: '/team/' }));
    const { Group } = await iam.send(new CreateGroupCommand({ GroupName: 'seeded', Path: '/team/' }));
    const role = new CreateRoleCommand({ RoleName: 'seeded', Path: '/team/', AssumeRolePolicyDocument: trust });
    const { Role } = await iam.send(role);
    await iam.send(new PutUserPolicyCommand({ ...policy, UserName: 'seeded' }));
    await iam.send(new PutGroupPolicyCommand({ ...policy, GroupName: 'seeded' }));
    await iam.send(new PutRolePolicyCommand({ ...policy, RoleName: 'seeded' }));
    return [User?.Arn, Group?.Arn, Role?.Arn];
  },
};

const credentials: Seed = {
  types: ['iam.access-key', 'iam.virtual-mfa-device', 'iam.server-certificate'],
  global: true,
  create: async ({ configuration, account }) => {
    const iam = new IAMClient(configuration);
    await iam.send(new CreateUserCommand({ UserName: 'seeded' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'seeded' }));
    const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'seeded' }));
    const SerialNumber = VirtualMFADevice?.SerialNumber;
    const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' };
    await iam.send(new EnableMFADeviceCommand({ UserName: 'seeded', SerialNumber, ...codes }));
    const upload = new UploadServerCertificateCommand({
      ServerCertificateName: 'seeded',
      CertificateBody: 'none',
      PrivateKey: 'none',
    });
    const { ServerCertificateMetadata } = await iam.send(upload);
    const key = `arn:aws:iam::${account}:access-key/${AccessKey?.AccessKeyId}`;
    return [key, SerialNumber, ServerCertificateMetadata?.Arn];
  },
};

const identityProviders: Seed = {
  types: ['iam.oidc-provider', 'iam.saml-provider'],
  global: true,
  create: async ({ configuration }) => {
    const iam = new IAMClient(configuration);
    const oidc = new CreateOpenIDConnectProviderCommand({ Url: 'https://example.com/id/seeded', ThumbprintList: [] });
    const { OpenIDConnectProviderArn } = await iam.send(oidc);
    const saml = new CreateSAMLProviderCommand({ Name: 'seeded', SAMLMetadataDocument: 'x'.repeat(1024) });
    const { SAMLProviderArn } = await iam.send(saml);
    return [OpenIDConnectProviderArn, SAMLProviderArn];
  },
};

const organization: Seed = {
  types: [
    'organizations.organization',
    'organizations.account',
    'organizations.organizational-unit',
    'organizations.policy',
  ],
  global: true,
  create: async ({ configuration }) => {
    const client = new OrganizationsClient(configuration);
    const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    await client.send(new CreateAccountCommand({ AccountName: 'seeded', Email: 'seeded@example.com' }));
    const { Roots } = await client.send(new ListRootsCommand({}));
    const upper = new CreateOrganizationalUnitCommand({ ParentId: Roots?.[0]?.Id, Name: 'upper' });
    const { OrganizationalUnit: above } = await client.send(upper);
    const lower = new CreateOrganizationalUnitCommand({ ParentId: above?.Id, Name: 'lower' });
    const { OrganizationalUnit: below } = await client.send(lower);
    const policy = { Name: 'seeded', Description: 'seeded', Type: 'SERVICE_CONTROL_POLICY', Content: allow } as const;
    const { Policy } = await client.send(new CreatePolicyCommand(policy));
    return [Organization?.Arn, above?.Arn, below?.Arn, Policy?.PolicySummary?.Arn];
  },
};

const identityCenter: Seed = {
  types: ['sso.instance', 'sso.permission-set'],
  create: async ({ configuration }) => {
    const sso = new SSOAdminClient(configuration);
    const InstanceArn = (await sso.send(new ListInstancesCommand({}))).Instances?.[0]?.InstanceArn;
    const { PermissionSet } = await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'seeded' }));
    return [InstanceArn, PermissionSet?.PermissionSetArn];
  },
};

const share: Seed = {
  types: ['ram.resource-share'],
  create: async ({ configuration }) => {
    const created = new RAMClient(configuration).send(new CreateResourceShareCommand({ name: 'seeded' }));
    return [(await created).resourceShare?.resourceShareArn];
  },
};

const secret: Seed = {
  types: ['secretsmanager.secret'],
  create: async ({ configuration }) => {
    const command = new CreateSecretCommand({ Name: 'team/seeded', SecretString: 'never-listed' });
    return [(await new SecretsManagerClient(configuration).send(command)).ARN];
  },
};

const certificate: Seed = {
  types: ['acm.certificate'],
  create: async ({ configuration }) => {
    const acm = new ACMClient(configuration);
    const request = { DomainName: 'seeded.example.com', KeyAlgorithm: 'EC_prime256v1' } as const;
    return [(await acm.send(new RequestCertificateCommand(request))).CertificateArn];
  },
};

const directories: Seed = {
  types: ['ds.microsoft-ad', 'ds.simple-ad', 'ds.ad-connector'],
  create: async ({ configuration, account, region }) => {
    const filter = { Filters: [{ Name: 'default-for-az', Values: ['true'] }] };
    const { Subnets = [] } = await new EC2Client(configuration).send(new DescribeSubnetsCommand(filter));
    const SubnetIds = Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId);
    const network = { VpcId: Subnets[0]?.VpcId, SubnetIds };
    const named = { Name: 'seeded.example.com', Password: 'Seeded-1-Password' };
    const ds = new DirectoryServiceClient(configuration);
    const microsoft = await ds.send(new CreateMicrosoftADCommand({ ...named, VpcSettings: network }));
    const simple = await ds.send(new CreateDirectoryCommand({ ...named, Size: 'Small', VpcSettings: network }));
    const ConnectSettings = { ...network, CustomerDnsIps: ['192.0.2.1'], CustomerUserName: 'seeded' };
    const connector = await ds.send(new ConnectDirectoryCommand({ ...named, Size: 'Small', ConnectSettings }));
    return [microsoft, simple, connector].map(
      ({ DirectoryId }) => `arn:aws:ds:${region}:${account}:directory/${DirectoryId}`,
    );
  },
};

const identityPool: Seed = {
  types: ['cognito-identity.identity-pool'],
  create: async ({ configuration, account, region }) => {
    const command = new CreateIdentityPoolCommand({
      IdentityPoolName: 'seeded',
      AllowUnauthenticatedIdentities: false,
    });
    const { IdentityPoolId } = await new CognitoIdentityClient(configuration).send(command);
    return [`arn:aws:cognito-identity:${region}:${account}:identitypool/${IdentityPoolId}`];
  },
};

const userPool: Seed = {
  types: ['cognito-idp.user-pool', 'cognito-idp.client', 'cognito-idp.group', 'cognito-idp.identity-provider'],
  create: async ({ configuration }) => {
    const client = new CognitoIdentityProviderClient(configuration);
    const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'seeded' }));
    const UserPoolId = UserPool?.Id;
    await client.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'seeded' }));
    await client.send(new CreatePoolGroupCommand({ UserPoolId, GroupName: 'seeded' }));
    const provider = {
      ProviderName: 'seeded',
      ProviderType: 'Google',
      ProviderDetails: { client_id: 'seeded' },
    } as const;
    await client.send(new CreateIdentityProviderCommand({ UserPoolId, ...provider }));
    return [UserPool?.Arn];
  },
};

export const governanceSeeds: readonly Seed[] = [
  inlinePolicies,
  credentials,
  identityProviders,
  organization,
  identityCenter,
  share,
  secret,
  certificate,
  directories,
  identityPool,
  userPool,
];
