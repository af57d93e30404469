// Signer: signing profiles that are not canceled.
import { paginateListSigningProfiles, SignerClient } from '@aws-sdk/client-signer';
import { signer as catalogue } from '../../../../contract/catalogue/native/signer.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const signer = defineService(catalogue, configuration => new SignerClient(configuration), [
  paged(
    'signer.signing-profile',
    { paginate: paginateListSigningProfiles, input: {}, pageSize: 25 },
    page => page.profiles,
  ),
]);
