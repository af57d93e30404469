// Compared by attribute: IAM's roles, users, groups, policies and what stands beside them.
import { isMembers } from '../../members.ts';
import { asked, type ComparedType, compared, either, told } from '../comparison.ts';
import { type Form, number, text, textSet } from '../forms.ts';
import { policy } from '../policy-form.ts';

const pathOf = compared('path', text, told('Path'));
const boundary = compared('permissions_boundary', text, told('PermissionsBoundary.PermissionsBoundaryArn', null), {
  empty: null,
});

/** Inline policies by their names. */
const namedPolicies: Form = {
  ...policy,
  canonical: value => {
    if (!Array.isArray(value)) return undefined;
    const named = value.filter(isMembers).filter(each => each['name'] || each['policy_name']);
    return Object.fromEntries(
      named.map(each => [
        String(each['name'] ?? each['policy_name']),
        policy.canonical(each['policy'] ?? each['policy_document']) ?? null,
      ]),
    );
  },
};

/** Of the version in force; the listing tells all that are kept. */
const documentInForce = told('PolicyVersionList');

const currentDocument: typeof documentInForce = facts => {
  const versions = documentInForce(facts);
  if (!Array.isArray(versions)) return undefined;
  return versions.filter(isMembers).find(version => version['is_default_version'] === true)?.['document'];
};

const withoutScheme: Form = {
  canonical: value => (typeof value === 'string' ? value.replace(/^https?:\/\//, '').replace(/\/$/, '') : null),
};

export const iamTypes: readonly ComparedType[] = [
  {
    types: ['aws_iam_role'],
    witness: 'AssumeRolePolicyDocument',
    tags: 'listed',
    comparisons: [
      compared('assume_role_policy', policy, told('AssumeRolePolicyDocument')),
      pathOf,
      boundary,
      compared('description', text, asked('Role.Description', null), { empty: null }),
      compared('max_session_duration', number, asked('Role.MaxSessionDuration')),
      compared('inline_policy', namedPolicies, told('RolePolicyList')),
      compared('managed_policy_arns', textSet, told('AttachedManagedPolicies[].PolicyArn')),
    ],
  },
  {
    types: ['aws_iam_policy'],
    witness: 'PolicyVersionList',
    tags: 'asked',
    comparisons: [compared('policy', policy, currentDocument), pathOf],
  },
  { types: ['aws_iam_user'], witness: 'UserId', tags: 'listed', comparisons: [pathOf, boundary] },
  { types: ['aws_iam_group'], witness: 'GroupId', comparisons: [pathOf] },
  {
    types: ['aws_iam_role_policy', 'aws_iam_user_policy', 'aws_iam_group_policy'],
    comparisons: [compared('policy', policy, either(asked('PolicyDocument'), told('PolicyDocument')))],
  },
  {
    types: ['aws_iam_instance_profile'],
    witness: 'InstanceProfileId',
    tags: 'asked',
    comparisons: [compared('role', text, told('Roles.0.RoleName', null), { empty: null }), pathOf],
  },
  { types: ['aws_iam_access_key'], witness: 'Status', comparisons: [compared('status', text, told('Status'))] },
  {
    types: ['aws_iam_openid_connect_provider'],
    witness: 'ThumbprintList',
    tags: 'listed',
    comparisons: [
      compared('url', withoutScheme, told('Url')),
      compared('client_id_list', textSet, told('ClientIDList')),
      compared('thumbprint_list', textSet, told('ThumbprintList')),
    ],
  },
];
