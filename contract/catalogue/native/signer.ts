// Signer: its types, as data.
import { nativeService } from '../native-service.ts';

export const signer = nativeService({
  key: 'signer',
  reconName: 'Signer',
  namespaces: ['Signer'],
  scope: 'regional',
  types: [
    {
      key: 'signer.signing-profile',
      reconType: 'signing_profile',
      cloudFormationType: 'AWS::Signer::SigningProfile',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: '/signing-profiles/',
      actions: ['signer:ListSigningProfiles'],
    },
  ],
});
