// Secrets: who may use them, never their values.
import { GetResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { defineDetails } from '../detail-service.ts';

export const secretsmanager = defineDetails(configuration => new SecretsManagerClient(configuration), {
  policy: {
    ask: async (client: SecretsManagerClient, { arn }, options) => ({
      ResourcePolicy:
        (await client.send(new GetResourcePolicyCommand({ SecretId: arn }), options)).ResourcePolicy ?? null,
    }),
  },
});
