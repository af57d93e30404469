// What every AWS client shares: region, retries, time-outs, proxy, and whose credentials it signs with.
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { InventoryError } from '../../contract/errors.ts';

export interface AwsConnection {
  readonly region: string;
  /** undefined means the SDK's default chain: environment, SSO, profile, web identity, container, instance. */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined;
  /** Of the AWS configuration; it stands above credentials of the environment. */
  readonly profile?: string | undefined;
  /** S3-compatible servers and simulators know buckets as the first part of the path, not as a host name. */
  readonly pathStyleBuckets: boolean;
  /** AWS_MAX_ATTEMPTS: overrules what each client would choose. */
  readonly maxAttempts?: number | undefined;
  /** AWS_CA_BUNDLE: file of the certificate authorities to trust instead of Node's own; the SDK does not read it. */
  readonly caBundle?: string | undefined;
  /** HTTPS_PROXY, HTTP_PROXY, NO_PROXY as the caller has them. */
  readonly proxy: Readonly<Record<string, string | undefined>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const defaultRegion = 'eu-west-1';

/** The connection that an environment describes. Endpoints (`AWS_ENDPOINT_URL…`) are read by the SDK itself. */
export const readAwsConnection = (environment: Environment, region?: string): AwsConnection => ({
  region: region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? defaultRegion,
  pathStyleBuckets: Boolean(environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL']),
  ...(environment['AWS_MAX_ATTEMPTS'] ? { maxAttempts: Number(environment['AWS_MAX_ATTEMPTS']) } : {}),
  ...(environment['AWS_CA_BUNDLE'] ? { caBundle: environment['AWS_CA_BUNDLE'] } : {}),
  proxy: Object.fromEntries(
    ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'].map(name => [
      name,
      environment[name],
    ]),
  ),
});

export interface ClientTuning {
  readonly maxAttempts?: number;
  /** Sockets per host; the SDK's own default is 50. */
  readonly maxSockets?: number;
  /** Milliseconds without a byte before a call is given up. */
  readonly idleTimeout?: number;
  /** Milliseconds for one try of a call, whatever comes in meanwhile; none when left out. */
  readonly callTimeout?: number;
}

const readAuthorities = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new InventoryError('usage', `AWS_CA_BUNDLE is ${JSON.stringify(file)}: ${(cause as Error).message}`, {
      remedy: 'Let AWS_CA_BUNDLE name a readable file of certificates, or unset it.',
      cause,
    });
  }
};

/**
 * Configuration for any SDK client. Standard retries, not adaptive: one throttled ListAccounts page makes the adaptive
 * limiter wait for many seconds on every later call.
 */
export const clientConfiguration = (connection: AwsConnection, tuning: ClientTuning = {}) => {
  const agentOptions = { keepAlive: true, maxSockets: tuning.maxSockets ?? 50, proxyEnv: connection.proxy };
  const trust = connection.caBundle === undefined ? {} : { ca: readAuthorities(connection.caBundle) };
  return {
    region: connection.region,
    ...(connection.credentials === undefined ? {} : { credentials: connection.credentials }),
    ...(connection.profile === undefined ? {} : { profile: connection.profile }),
    retryMode: 'standard',
    maxAttempts: connection.maxAttempts ?? tuning.maxAttempts ?? 8,
    requestHandler: {
      connectionTimeout: 5_000,
      socketTimeout: tuning.idleTimeout ?? 60_000,
      ...(tuning.callTimeout === undefined ? {} : { requestTimeout: tuning.callTimeout, throwOnRequestTimeout: true }),
      httpAgent: new HttpAgent(agentOptions),
      httpsAgent: new HttpsAgent({ ...agentOptions, ...trust }),
    },
  };
};
