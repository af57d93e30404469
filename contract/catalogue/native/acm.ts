// Certificate Manager: its types, as data.
import { nativeService } from '../native-service.ts';

export const acm = nativeService({
  key: 'acm',
  reconName: 'ACM',
  namespaces: ['CertificateManager'],
  scope: 'regional',
  types: [
    {
      key: 'acm.certificate',
      reconType: 'certificate',
      cloudFormationType: 'AWS::CertificateManager::Certificate',
      identifier: '{arn}',
      arn: '{certificate_arn}',
      arnPrefix: 'certificate/',
      actions: ['acm:ListCertificates'],
    },
  ],
});
