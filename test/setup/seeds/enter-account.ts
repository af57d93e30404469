// Credentials of an account of the simulator: moto puts whoever has assumed a role into that role's account.
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type AwsConnection, clientConfiguration } from '../../../clients/aws/connection.ts';

/** The same connection with credentials of the account. */
export const enterAccount = async (connection: AwsConnection, account: string): Promise<AwsConnection> => {
  const sts = new STSClient(clientConfiguration(connection));
  const RoleArn = `arn:aws:iam::${account}:role/managed/inventory`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'inventory-test' }));
  sts.destroy();
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) throw new Error('STS gave no credentials');
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { ...connection, credentials };
};
