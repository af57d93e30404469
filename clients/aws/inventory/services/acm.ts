// Certificate Manager: certificates with keys of every kind.
import { ACMClient, KeyAlgorithm, paginateListCertificates } from '@aws-sdk/client-acm';
import { acm as catalogue } from '../../../../contract/catalogue/native/acm.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

/** Unless told otherwise, the call leaves out every certificate whose key is no RSA key of 1024 or 2048 bits. */
const input = {
  Includes: {
    keyTypes: [
      KeyAlgorithm.RSA_1024,
      KeyAlgorithm.RSA_2048,
      KeyAlgorithm.RSA_3072,
      KeyAlgorithm.RSA_4096,
      KeyAlgorithm.EC_prime256v1,
      KeyAlgorithm.EC_secp384r1,
      KeyAlgorithm.EC_secp521r1,
    ],
  },
};

export const acm = defineService(catalogue, configuration => new ACMClient(configuration), [
  paged(
    'acm.certificate',
    { paginate: paginateListCertificates, input, pageSize: 200 },
    page => page.CertificateSummaryList,
  ),
]);
