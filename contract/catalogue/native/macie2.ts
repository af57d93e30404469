// Macie: its types, as data.
import { nativeService } from '../native-service.ts';

export const macie2 = nativeService({
  key: 'macie2',
  reconName: 'Macie2',
  namespaces: ['Macie'],
  scope: 'regional',
  types: [
    {
      key: 'macie2.session',
      reconType: 'session',
      cloudFormationType: 'AWS::Macie::Session',
      identifier: '{name}',
      arn: 'arn:{partition}:macie2:{region}:{account}:session/{account}',
      actions: ['macie2:GetMacieSession'],
    },
    {
      key: 'macie2.allow-list',
      reconType: 'allow_list',
      cloudFormationType: 'AWS::Macie::AllowList',
      identifier: '{name}',
      arn: 'arn:{partition}:macie2:{region}:{account}:allow-list/{id}',
      actions: ['macie2:ListAllowLists'],
    },
    {
      key: 'macie2.custom-data-identifier',
      reconType: 'custom_data_identifier',
      cloudFormationType: 'AWS::Macie::CustomDataIdentifier',
      identifier: '{name}',
      arn: 'arn:{partition}:macie2:{region}:{account}:custom-data-identifier/{id}',
      actions: ['macie2:ListCustomDataIdentifiers'],
    },
    {
      key: 'macie2.findings-filter',
      reconType: 'findings_filter',
      cloudFormationType: 'AWS::Macie::FindingsFilter',
      identifier: '{name}',
      arn: 'arn:{partition}:macie2:{region}:{account}:findings-filter/{id}',
      actions: ['macie2:ListFindingsFilters'],
    },
    {
      key: 'macie2.classification-job',
      reconType: 'classification_job',
      cloudFormationType: 'AWS::Macie::ClassificationJob',
      identifier: '{name}',
      arn: 'arn:{partition}:macie2:{region}:{account}:classification-job/{job_id}',
      taggable: true,
      actions: ['macie2:ListClassificationJobs'],
    },
  ],
});
