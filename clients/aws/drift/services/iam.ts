// IAM: attached policies, which the inventory's listing tells already, and what that listing leaves out.
import {
  type AttachedPolicy,
  GetInstanceProfileCommand,
  GetRoleCommand,
  IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
  paginateListPolicyTags,
  type Tag,
} from '@aws-sdk/client-iam';
import type { CallOptions } from '../../inventory/page-walks.ts';
import { tagMap } from '../../tag-lists.ts';
import { type DetailSubject, defineDetails, knownTags, textOf, type Values } from '../detail-service.ts';

const listedAttachments = ({ description }: DetailSubject): Values | undefined => {
  const listed = description['attached_managed_policies'];
  if (!Array.isArray(listed)) return undefined;
  const policies = listed as readonly { readonly policy_arn?: string; readonly policy_name?: string }[];
  return {
    AttachedPolicies: policies.map(policy => ({ PolicyArn: policy.policy_arn, PolicyName: policy.policy_name })),
  };
};

const attachments = async (pages: AsyncIterable<{ readonly AttachedPolicies?: AttachedPolicy[] | undefined }>) => {
  const policies: AttachedPolicy[] = [];
  for await (const { AttachedPolicies = [] } of pages) policies.push(...AttachedPolicies);
  return { AttachedPolicies: policies };
};

const allTags = async (pages: AsyncIterable<{ readonly Tags: Tag[] | undefined }>) => {
  const tags: Tag[] = [];
  for await (const { Tags = [] } of pages) tags.push(...Tags);
  return { Tags: tagMap(tags) };
};

/** Only AWS itself can change the roles of its services. */
const servicesOwn = ({ arn }: DetailSubject): Values | undefined =>
  /:role\/(aws-service-role|aws-reserved)\//.test(arn) ? {} : undefined;

export const iam = defineDetails(configuration => new IAMClient(configuration), {
  'attached-to-role': {
    known: listedAttachments,
    ask: (client: IAMClient, subject, options) =>
      attachments(paginateListAttachedRolePolicies({ client }, { RoleName: textOf(subject, 'role_name') }, options)),
  },
  'attached-to-user': {
    known: listedAttachments,
    ask: (client: IAMClient, subject, options) =>
      attachments(paginateListAttachedUserPolicies({ client }, { UserName: textOf(subject, 'user_name') }, options)),
  },
  'attached-to-group': {
    known: listedAttachments,
    ask: (client: IAMClient, subject, options) =>
      attachments(paginateListAttachedGroupPolicies({ client }, { GroupName: textOf(subject, 'group_name') }, options)),
  },
  role: {
    known: servicesOwn,
    ask: async (client: IAMClient, subject: DetailSubject, options: CallOptions) => {
      const { Role } = await client.send(new GetRoleCommand({ RoleName: textOf(subject, 'role_name') }), options);
      return { Role: { Description: Role?.Description, MaxSessionDuration: Role?.MaxSessionDuration } };
    },
  },
  'policy-tags': {
    known: knownTags,
    ask: (client: IAMClient, { arn }, options) =>
      allTags(paginateListPolicyTags({ client }, { PolicyArn: arn }, options)),
  },
  'instance-profile-tags': {
    known: knownTags,
    ask: async (client: IAMClient, subject, options) => {
      const InstanceProfileName = textOf(subject, 'instance_profile_name');
      const { InstanceProfile } = await client.send(new GetInstanceProfileCommand({ InstanceProfileName }), options);
      return { Tags: tagMap(InstanceProfile?.Tags) };
    },
  },
});
