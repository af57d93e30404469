// Parts that say who may do what: attachments and memberships of IAM, policies and settings of buckets, queues and topics. Pure.

import type { Detail } from '../details.ts';
import type { Members } from '../members.ts';
import type { FoundResource } from '../resources.ts';
import { partOf, structures } from './parts-network.ts';

type PartsOf = (found: FoundResource, detail: Detail | undefined) => FoundResource[];

const serviceRoles = '/aws-service-role/';

/** Of a role that a service made for itself nothing is anybody else's to manage. */
export const isServiceRole = ({ description, arn }: FoundResource): boolean =>
  String(description?.['path'] ?? arn).includes(serviceRoles);

const policyArn = (policy: unknown): string | undefined => {
  const { PolicyArn, policy_arn } = (policy ?? {}) as Members;
  const arn = PolicyArn ?? policy_arn;
  return typeof arn === 'string' ? arn : undefined;
};

/** The details know it as of now, the inventory's own listing as of a little earlier. */
const attachedPolicies = (found: FoundResource, detail: Detail | undefined): string[] => {
  const told = detail?.values['AttachedPolicies'];
  const policies: readonly unknown[] = Array.isArray(told)
    ? told
    : structures(found.description, 'attached_managed_policies');
  return policies.flatMap(policy => policyArn(policy) ?? []);
};

/** Attachments to a role, user or group; of users their groups too. */
export const principalParts =
  (kind: 'role' | 'user' | 'group'): PartsOf =>
  (found, detail) => {
    const byDefault = kind === 'role' && isServiceRole(found);
    const attachments = attachedPolicies(found, detail).map(arn =>
      partOf(found, {
        type: `aws_iam_${kind}_policy_attachment`,
        id: `${found.id}-${arn}`,
        keys: [`${found.id}|${arn}`, `${found.id}/${arn}`],
        description: { policy_arn: arn, [kind]: found.id },
        byDefault,
      }),
    );
    const groups = found.description?.['group_list'];
    const memberships = (Array.isArray(groups) ? groups : []).filter(group => typeof group === 'string');
    return [
      ...attachments,
      ...(kind === 'user' ? memberships : []).map(group =>
        partOf(found, {
          type: 'aws_iam_user_group_membership',
          id: `${found.id}/${group}`,
          keys: [`${found.id}|${group}`],
        }),
      ),
    ];
  };

const isEmpty = (value: unknown): boolean => {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
};

interface PolicyRow {
  /** Terraform's type. */
  readonly type: string;
  /** Its name among the details, or the attributes in them. */
  readonly value: string;
  /** Its whole says the same: without a declaration it is no word of its own. */
  readonly quiet?: boolean;
}

const lowerCase = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Of the details, of their attributes, or of what the inventory knows. */
const toldValue = (found: FoundResource, detail: Detail | undefined, name: string): unknown => {
  const attributes = detail?.values['Attributes'] as Members | null | undefined;
  const told = detail === undefined ? undefined : (detail.values[name] ?? attributes?.[name]);
  if (told !== undefined || detail?.values[name] === null || !isEmpty(attributes)) return told;
  return found.description?.[name] ?? found.description?.[lowerCase(name)];
};

/** The policy of a resource that has one; known by the id of its whole. */
export const policyPart =
  ({ type, value, quiet = false }: PolicyRow): PartsOf =>
  (found, detail) => {
    const policy = toldValue(found, detail, value);
    if (isEmpty(policy)) return [];
    return [
      partOf(found, { type, id: found.id, keys: found.keys, description: { [value]: policy }, byDefault: quiet }),
    ];
  };

/** Nothing is blocked: as if there were no such block at all. */
const blocksNothing = (block: unknown): boolean => Object.values(block as Members).every(value => value !== true);

const idsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).flatMap(item => {
    const id = typeof item === 'string' ? item : (item as Members | null)?.['Id'];
    return typeof id === 'string' ? [id] : [];
  });

const configurations = { Analytics: 'analytics_configuration', Inventory: 'inventory', Metrics: 'metric' } as const;

/** What a bucket's details tell of its parts; its encryption and versioning are there whenever it is. */
export const bucketParts: PartsOf = (bucket, detail) => {
  const values = detail?.values ?? {};
  const own = (type: string, more: { readonly description?: Members; readonly byDefault?: boolean }): FoundResource =>
    partOf(bucket, { type, id: bucket.id, keys: [], ...more });
  const { Policy, PublicAccessBlock, Notification } = values;
  return [
    ...(isEmpty(Policy)
      ? []
      : [{ ...own('aws_s3_bucket_policy', { description: { Policy } }), resourceType: 'AWS::S3::BucketPolicy' }]),
    ...(isEmpty(PublicAccessBlock)
      ? []
      : [
          own('aws_s3_bucket_public_access_block', {
            description: PublicAccessBlock as Members,
            byDefault: blocksNothing(PublicAccessBlock),
          }),
        ]),
    ...(isEmpty(Notification) ? [] : [own('aws_s3_bucket_notification', { description: Notification as Members })]),
    ...Object.entries(configurations).flatMap(([name, type]) =>
      idsIn(values[name]).map(id =>
        partOf(bucket, { type: `aws_s3_bucket_${type}`, id: `${bucket.id}:${id}`, keys: [] }),
      ),
    ),
  ];
};

/** By Terraform's type of a part: the name of the detail that tells of it. */
export const detailOfPart: Readonly<Record<string, string>> = {
  aws_ecr_repository_policy: 'Policy',
  aws_iam_group_policy_attachment: 'AttachedPolicies',
  aws_iam_role_policy_attachment: 'AttachedPolicies',
  aws_iam_user_policy_attachment: 'AttachedPolicies',
  aws_s3_bucket_analytics_configuration: 'Analytics',
  aws_s3_bucket_inventory: 'Inventory',
  aws_s3_bucket_metric: 'Metrics',
  aws_s3_bucket_notification: 'Notification',
  aws_s3_bucket_policy: 'Policy',
  aws_s3_bucket_public_access_block: 'PublicAccessBlock',
  aws_sns_topic_policy: 'Attributes',
  aws_sqs_queue_policy: 'Attributes',
  aws_sqs_queue_redrive_allow_policy: 'Attributes',
  aws_sqs_queue_redrive_policy: 'Attributes',
};
