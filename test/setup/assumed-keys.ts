// Keys of a session in an account of the simulator, as a shell has them.
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

export const assumedKeys = async (endpoint: string, account: string) => {
  const credentials = { accessKeyId: 'AKIATESTRUNNER000001', secretAccessKey: 'runner-own-secret' };
  const sts = new STSClient({ endpoint, region: 'eu-west-1', credentials });
  const role = { RoleArn: `arn:aws:iam::${account}:role/me`, RoleSessionName: 'me' };
  const { Credentials: session } = await sts.send(new AssumeRoleCommand(role));
  sts.destroy();
  return {
    AWS_ACCESS_KEY_ID: session?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: session?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: session?.SessionToken ?? '',
  };
};
