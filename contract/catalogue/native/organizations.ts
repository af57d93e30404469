// Organizations: its types, as data.
import { nativeService } from '../native-service.ts';

export const organizations = nativeService({
  key: 'organizations',
  reconName: 'Organizations',
  namespaces: ['Organizations'],
  scope: 'global',
  types: [
    {
      key: 'organizations.organization',
      reconType: 'organization',
      cloudFormationType: 'AWS::Organizations::Organization',
      identifier: '{name}',
      arn: '{arn}',
      arnPrefix: 'organization/',
      actions: ['organizations:DescribeOrganization'],
    },
    {
      key: 'organizations.account',
      reconType: 'account',
      cloudFormationType: 'AWS::Organizations::Account',
      identifier: '{last}',
      arn: '{arn}',
      arnPrefix: 'account/',
      actions: ['organizations:DescribeOrganization', 'organizations:ListAccounts'],
    },
    {
      key: 'organizations.organizational-unit',
      reconType: 'organizational_unit',
      cloudFormationType: 'AWS::Organizations::OrganizationalUnit',
      identifier: '{last}',
      arn: '{arn}',
      arnPrefix: 'ou/',
      actions: [
        'organizations:DescribeOrganization',
        'organizations:ListRoots',
        'organizations:ListOrganizationalUnitsForParent',
      ],
    },
    {
      key: 'organizations.policy',
      reconType: 'policy',
      cloudFormationType: 'AWS::Organizations::Policy',
      identifier: '{last}',
      arn: '{arn}',
      arnPrefix: 'policy/',
      actions: ['organizations:DescribeOrganization', 'organizations:ListPolicies'],
    },
  ],
});
