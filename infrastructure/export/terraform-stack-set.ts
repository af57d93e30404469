// The StackSet as blocks of Terraform: its template, itself, and whom it reaches. Pure.
import type { DesiredStackSet } from '../../contract/access/estate.ts';
import { templateUrl } from '../roll-out/roll-out-steps.ts';
import { templatePath } from './document-files.ts';
import { templateMark } from './exported-file.ts';
import { attribute, type Block, block, listOf, quoted } from './hcl.ts';
import { bucketReference } from './terraform-bucket.ts';
import { documentAt, inAccount } from './terraform-roles.ts';

const reference = 'aws_cloudformation_stack_set.role_in_every_account';
const organization = 'data.aws_organizations_organization.whole';

const templateObject = (desired: DesiredStackSet): Block =>
  block(
    'resource',
    ['aws_s3_object', 'template'],
    [
      inAccount('security'),
      attribute('bucket', `${bucketReference}.id`),
      attribute('key', quoted(desired.templateObject.key)),
      attribute('content', documentAt(templatePath(desired))),
      attribute('content_type', quoted('application/json')),
    ],
  );

const preferences = (): Block =>
  block(
    'operation_preferences',
    [],
    [
      attribute('region_concurrency_type', quoted('PARALLEL')),
      attribute('failure_tolerance_percentage', 100),
      attribute('max_concurrent_percentage', 100),
    ],
  );

const callAs = ({ delegatedAdministrator }: DesiredStackSet) =>
  attribute('call_as', quoted(delegatedAdministrator === null ? 'SELF' : 'DELEGATED_ADMIN'));

const administratorBlocks = ({ delegatedAdministrator }: DesiredStackSet): Block[] =>
  delegatedAdministrator === null
    ? []
    : [
        block(
          'resource',
          ['aws_organizations_delegated_administrator', 'stack_sets'],
          [
            inAccount('billing'),
            attribute('account_id', quoted(delegatedAdministrator)),
            attribute('service_principal', quoted('member.org.stacksets.cloudformation.amazonaws.com')),
          ],
        ),
      ];

const stackSet = (desired: DesiredStackSet, partition: string): Block => {
  const before = [
    'aws_s3_object.template',
    'aws_s3_bucket_policy.reports',
    ...(desired.delegatedAdministrator === null ? [] : ['aws_organizations_delegated_administrator.stack_sets']),
  ];
  const deployment = [
    attribute('enabled', desired.autoDeployment),
    ...(desired.autoDeployment ? [attribute('retain_stacks_on_account_removal', false)] : []),
  ];
  return block(
    'resource',
    ['aws_cloudformation_stack_set', 'role_in_every_account'],
    [
      inAccount(desired.account),
      attribute('name', quoted(desired.name)),
      attribute('description', quoted(desired.description)),
      attribute('permission_model', quoted('SERVICE_MANAGED')),
      callAs(desired),
      attribute('capabilities', listOf([quoted('CAPABILITY_NAMED_IAM')])),
      attribute('template_url', quoted(templateUrl(desired, partition))),
      // Another template behind the same address is another mark.
      attribute('tags', `{ ${quoted('aws-inventory:template')} = ${quoted(templateMark(desired))} }`),
      attribute('depends_on', listOf(before)),
      block('auto_deployment', [], deployment),
      block('managed_execution', [], [attribute('active', true)]),
      preferences(),
      // CloudFormation sets it by itself.
      block('lifecycle', [], [attribute('ignore_changes', listOf(['administration_role_arn']))]),
    ],
  );
};

const targets = ({ organizationalUnits }: DesiredStackSet): string =>
  organizationalUnits.length === 0 ? listOf([`${organization}.roots[0].id`]) : listOf(organizationalUnits.map(quoted));

const instances = (desired: DesiredStackSet): Block =>
  block(
    'resource',
    ['aws_cloudformation_stack_set_instance', 'role_in_every_account'],
    [
      inAccount(desired.account),
      attribute('stack_set_name', `${reference}.name`),
      callAs(desired),
      block('deployment_targets', [], [attribute('organizational_unit_ids', targets(desired))]),
      preferences(),
    ],
  );

export const stackSetBlocks = (desired: DesiredStackSet, partition: string): Block[] => [
  ...(desired.organizationalUnits.length === 0
    ? [block('data', ['aws_organizations_organization', 'whole'], [inAccount('billing')])]
    : []),
  templateObject(desired),
  ...administratorBlocks(desired),
  stackSet(desired, partition),
  instances(desired),
];
