// SDK clients for one account of the simulator: any account is entered by assuming a role of it, because moto refuses none.
import { Agent } from 'node:http';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@aws-sdk/types';

interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AwsCredentialIdentity;
  readonly requestHandler: { readonly httpAgent: Agent };
}

const makers = {
  cloudformation: (options: ClientOptions) => new CloudFormationClient(options),
  dynamodb: (options: ClientOptions) => new DynamoDBClient(options),
  ec2: (options: ClientOptions) => new EC2Client(options),
  ecs: (options: ClientOptions) => new ECSClient(options),
  iam: (options: ClientOptions) => new IAMClient(options),
  kms: (options: ClientOptions) => new KMSClient(options),
  lambda: (options: ClientOptions) => new LambdaClient(options),
  logs: (options: ClientOptions) => new CloudWatchLogsClient(options),
  organizations: (options: ClientOptions) => new OrganizationsClient(options),
  rds: (options: ClientOptions) => new RDSClient(options),
  s3: (options: ClientOptions) => new S3Client({ ...options, forcePathStyle: true }),
  sns: (options: ClientOptions) => new SNSClient(options),
  sqs: (options: ClientOptions) => new SQSClient(options),
};
type Makers = typeof makers;

export interface AccountClients {
  readonly accountId: string;
  /** The client of a service in a region, made at its first use. */
  readonly client: <Service extends keyof Makers>(service: Service, region: string) => ReturnType<Makers[Service]>;
}

export interface SimulatorDoor {
  readonly enter: (accountId: string) => Promise<AccountClients>;
  readonly close: () => void;
}

/** moto takes any credentials for its own account, and signatures are not checked. */
export const simulatorCredentials: AwsCredentialIdentity = { accessKeyId: 'AKIASANDBOX', secretAccessKey: 'sandbox' };

const homeRegion = 'us-east-1';

/** All clients share one pool of connections; `connections` bounds what the simulator has to do at once. */
export const openSimulator = (url: string, connections: number): SimulatorDoor => {
  const httpAgent = new Agent({ keepAlive: true, maxSockets: connections });
  const shared = { endpoint: url, requestHandler: { httpAgent } };
  const sts = new STSClient({ ...shared, region: homeRegion, credentials: simulatorCredentials });
  return {
    enter: async accountId => {
      const roleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
      const entered = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'sandbox' }));
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = entered.Credentials ?? {};
      const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
      const made = new Map<string, unknown>();
      return {
        accountId,
        client: <Service extends keyof Makers>(service: Service, region: string) => {
          const place = `${service} ${region}`;
          const client = made.get(place) ?? makers[service]({ ...shared, region, credentials });
          made.set(place, client);
          return client as ReturnType<Makers[Service]>;
        },
      };
    },
    close: () => httpAgent.destroy(),
  };
};
