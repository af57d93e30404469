// Secrets Manager: secrets without their values, and without those that are about to be deleted.
import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretsmanager as catalogue } from '../../../../contract/catalogue/native/secretsmanager.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const secretsmanager = defineService(catalogue, configuration => new SecretsManagerClient(configuration), [
  paged('secretsmanager.secret', { paginate: paginateListSecrets, input: {}, pageSize: 100 }, page => page.SecretList),
]);
