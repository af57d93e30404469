// Data Lifecycle Manager: policies, all in one answer.
import { DLMClient, GetLifecyclePoliciesCommand } from '@aws-sdk/client-dlm';
import { dlm as catalogue } from '../../../../contract/catalogue/native/dlm.ts';
import { defineService } from '../listing.ts';
import { single } from '../rows.ts';

export const dlm = defineService(catalogue, configuration => new DLMClient(configuration), [
  single(
    'dlm.lifecycle-policy',
    async (client: DLMClient, options) => (await client.send(new GetLifecyclePoliciesCommand({}), options)).Policies,
  ),
]);
