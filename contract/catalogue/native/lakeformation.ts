// Lake Formation: its types, as data.
import { nativeService } from '../native-service.ts';

export const lakeformation = nativeService({
  key: 'lakeformation',
  reconName: 'LakeFormation',
  namespaces: ['LakeFormation'],
  scope: 'regional',
  types: [
    {
      key: 'lakeformation.resource',
      reconType: 'resource',
      cloudFormationType: 'AWS::LakeFormation::Resource',
      identifier: '{path}',
      arn: 'arn:{partition}:lakeformation:{region}:{account}:resource/{resource_arn}',
      actions: ['lakeformation:ListResources'],
    },
  ],
});
