// An Organization in the simulator with two profiles of its own, as somebody has them who may make everything in both accounts.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  EnableAWSServiceAccessCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@aws-sdk/types';
import { type RefusingProxy, startRefusingProxy } from '../../clients/simulator/proxy.ts';
import { type CliEnd, runCli } from '../cli/run-cli.ts';
import { startRecordingServer } from '../setup/recording-server.ts';

const randomAccount = (): string => String(Math.floor(1e11 + Math.random() * 9e11));

export interface TestEstate {
  readonly proxy: RefusingProxy;
  /** Of requests whose parameters are a form: action and all that was sent with it. */
  readonly formsOf: (action: string) => readonly URLSearchParams[];
  readonly directory: string;
  readonly billing: string;
  readonly security: string;
  /** Of the other accounts, by name. */
  readonly members: Readonly<Record<string, string>>;
  readonly bucket: string;
  readonly credentials: Readonly<Record<'billing' | 'security', AwsCredentialIdentity>>;
  readonly environment: Readonly<Record<string, string>>;
  /** `aws-inventory infrastructure …`, with the two profiles and the bucket. */
  readonly infrastructure: (...args: readonly string[]) => Promise<CliEnd>;
  readonly stop: () => Promise<void>;
}

const enter = async (url: string, account: string): Promise<AwsCredentialIdentity> => {
  const credentials = { accessKeyId: 'AKIATESTESTATE000001', secretAccessKey: 'test' };
  const sts = new STSClient({ endpoint: url, region: 'eu-west-1', credentials });
  const RoleArn = `arn:aws:iam::${account}:role/Admin`;
  const { Credentials: session } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'admin' }));
  sts.destroy();
  return {
    accessKeyId: session?.AccessKeyId ?? '',
    secretAccessKey: session?.SecretAccessKey ?? '',
    sessionToken: session?.SessionToken ?? '',
  };
};

const profile = (name: string, { accessKeyId, secretAccessKey, sessionToken = '' }: AwsCredentialIdentity): string =>
  [
    `[${name}]`,
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    `aws_session_token = ${sessionToken}`,
    '',
  ].join('\n');

const buildOrganization = async (url: string, credentials: AwsCredentialIdentity, names: readonly string[]) => {
  const client = new OrganizationsClient({ endpoint: url, region: 'us-east-1', credentials });
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const ServicePrincipal = 'member.org.stacksets.cloudformation.amazonaws.com';
  await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
  const members: Record<string, string> = {};
  for (const [at, name] of names.entries()) {
    const Email = `${at}-${name}@example.com`;
    const made = await client.send(new CreateAccountCommand({ AccountName: name, Email }));
    members[name] = made.CreateAccountStatus?.AccountId ?? '';
    if (name.startsWith('closed')) await client.send(new CloseAccountCommand({ AccountId: members[name] }));
  }
  client.destroy();
  return members;
};

/** The first of the names is the security account. */
export const startEstate = async (
  simulator: string,
  names: readonly string[] = ['security', 'payments', 'shop'],
): Promise<TestEstate> => {
  const recorder = await startRecordingServer(simulator, () => undefined);
  const proxy = await startRefusingProxy({ upstream: recorder.url });
  const billing = randomAccount();
  const asBilling = await enter(proxy.url, billing);
  const members = await buildOrganization(proxy.url, asBilling, names);
  const security = members[names[0] ?? ''] ?? '';
  const credentials = { billing: asBilling, security: await enter(proxy.url, security) };
  const directory = await mkdtemp(join(tmpdir(), 'estate-'));
  await mkdir(join(directory, '.aws'));
  const profiles = profile('billing-admin', credentials.billing) + profile('security-admin', credentials.security);
  await writeFile(join(directory, '.aws', 'credentials'), profiles);
  const bucket = `inventory-${security}`;
  const environment = { AWS_ENDPOINT_URL: proxy.url, AWS_REGION: 'eu-west-1', PATH: process.env['PATH'] ?? '' };
  const flags = [
    ...['--billing-aws-profile', 'billing-admin', '--security-aws-profile', 'security-admin'],
    ...['--inventory-bucket-name', bucket],
  ];
  return {
    proxy,
    formsOf: action =>
      recorder.requests
        .map(({ body }) => new URLSearchParams(body.toString()))
        .filter(form => form.get('Action') === action),
    directory,
    billing,
    security,
    members,
    bucket,
    credentials,
    environment,
    infrastructure: (...args) => {
      const [command = '', ...rest] = args;
      return runCli(directory, ['infrastructure', command, ...flags, ...rest], environment);
    },
    stop: async () => {
      await proxy.stop();
      await recorder.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
