// Whose credentials, and which region, read the states at a terminal: driftctl's own variables for them, or the caller's.
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { InventoryError } from '../../contract/errors.ts';
import { type AwsConnection, clientConfiguration, readAwsConnection } from './connection.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const prefix = 'DCTL_S3_';

/** driftctl reads each DCTL_S3_X as AWS_X, for the states alone. */
const stateVariables = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith(prefix) && value ? [[`AWS_${name.slice(prefix.length)}`, value]] : [],
    ),
  );

/** The profile's credentials as the SDK finds them, whatever keys the environment has beside it. */
const ofProfile = (connection: AwsConnection, profile: string): AwsCredentialIdentityProvider => {
  const client = new STSClient({ ...clientConfiguration(connection), profile });
  return () => client.config.credentials();
};

const keysIn = (variables: Environment): AwsCredentialIdentity | undefined => {
  const accessKeyId = variables['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = variables['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = variables['AWS_SESSION_TOKEN'];
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  }
  const missing = accessKeyId === undefined ? 'ACCESS_KEY_ID' : 'SECRET_ACCESS_KEY';
  throw new InventoryError('usage', `The credentials of the states are half set: ${prefix}${missing} is not`, {
    remedy: `Set ${prefix}ACCESS_KEY_ID and ${prefix}SECRET_ACCESS_KEY, or neither.`,
  });
};

/** `region` is that of settings or a flag. Throws usage for half-set keys. */
export const readStateConnection = (environment: Environment, own: AwsConnection, region?: string): AwsConnection => {
  const variables = stateVariables(environment);
  const named = region ?? variables['AWS_REGION'] ?? variables['AWS_DEFAULT_REGION'] ?? own.region;
  const connection = readAwsConnection({ ...environment, ...variables }, named);
  const keys = keysIn(variables);
  if (keys !== undefined) return { ...connection, credentials: keys };
  const profile = variables['AWS_PROFILE'];
  if (profile !== undefined) return { ...connection, credentials: ofProfile(connection, profile) };
  return { ...connection, ...(own.credentials === undefined ? {} : { credentials: own.credentials }) };
};
