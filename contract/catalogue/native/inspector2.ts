// Inspector: its types, as data.
import { nativeService } from '../native-service.ts';

export const inspector2 = nativeService({
  key: 'inspector2',
  reconName: 'Inspector2',
  namespaces: ['InspectorV2'],
  scope: 'regional',
  types: [
    {
      key: 'inspector2.filter',
      reconType: 'filter',
      cloudFormationType: 'AWS::InspectorV2::Filter',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'owner/*/filter/',
      actions: ['inspector2:ListFilters'],
    },
    {
      key: 'inspector2.cis-scan-configuration',
      reconType: 'cis_scan_configuration',
      cloudFormationType: 'AWS::InspectorV2::CisScanConfiguration',
      identifier: '{arn}',
      arn: '{scan_configuration_arn}',
      arnPrefix: 'owner/*/cis-configuration/',
      actions: ['inspector2:ListCisScanConfigurations'],
    },
  ],
});
