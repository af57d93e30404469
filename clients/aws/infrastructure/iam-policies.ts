// Customer-managed policies: read with the version that holds, and changed by a new one. Throws what the SDK throws.
import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  ListPolicyVersionsCommand,
  paginateListEntitiesForPolicy,
} from '@aws-sdk/client-iam';
import { tagList, tagMap } from '../tag-lists.ts';
import { readDocument, unlessAbsent } from './iam-client.ts';

export interface LiveManagedPolicy {
  readonly document: unknown;
  readonly tags: Readonly<Record<string, string>>;
}

/** undefined when there is none. */
export const readManagedPolicy = async (
  client: IAMClient,
  PolicyArn: string,
): Promise<LiveManagedPolicy | undefined> => {
  const answer = await unlessAbsent(client.send(new GetPolicyCommand({ PolicyArn })));
  const policy = answer?.Policy;
  if (policy === undefined) return undefined;
  const VersionId = policy.DefaultVersionId;
  const version = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return { document: readDocument(version.PolicyVersion?.Document), tags: tagMap(policy.Tags) };
};

export interface NewManagedPolicy {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly document: unknown;
  readonly tags: Readonly<Record<string, string>>;
}

export const createManagedPolicy = async (client: IAMClient, policy: NewManagedPolicy): Promise<void> => {
  await client.send(
    new CreatePolicyCommand({
      Path: policy.path,
      PolicyName: policy.name,
      Description: policy.description,
      PolicyDocument: JSON.stringify(policy.document),
      Tags: tagList(policy.tags),
    }),
  );
};

/** IAM keeps so many. */
const versionsKept = 5;

/** A new version that holds from now on; the oldest one goes when there is no room for it. */
export const updateManagedPolicy = async (client: IAMClient, PolicyArn: string, document: unknown): Promise<void> => {
  const { Versions = [] } = await client.send(new ListPolicyVersionsCommand({ PolicyArn }));
  const old = Versions.filter(({ IsDefaultVersion }) => IsDefaultVersion !== true).sort(
    (a, b) => (a.CreateDate?.getTime() ?? 0) - (b.CreateDate?.getTime() ?? 0),
  );
  const [oldest] = old;
  if (Versions.length >= versionsKept && oldest !== undefined)
    await client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: oldest.VersionId }));
  const PolicyDocument = JSON.stringify(document);
  await client.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
};

/** Names of what it is attached to: IAM refuses to delete it then. */
export const attachedElsewhere = async (client: IAMClient, PolicyArn: string): Promise<string[]> => {
  const names: string[] = [];
  for await (const page of paginateListEntitiesForPolicy({ client }, { PolicyArn })) {
    names.push(...(page.PolicyRoles ?? []).flatMap(({ RoleName }) => RoleName ?? []));
    names.push(...(page.PolicyUsers ?? []).flatMap(({ UserName }) => UserName ?? []));
    names.push(...(page.PolicyGroups ?? []).flatMap(({ GroupName }) => GroupName ?? []));
  }
  return names;
};

export const deleteManagedPolicy = async (client: IAMClient, PolicyArn: string): Promise<void> => {
  const listed = await unlessAbsent(client.send(new ListPolicyVersionsCommand({ PolicyArn })));
  for (const { VersionId, IsDefaultVersion } of listed?.Versions ?? [])
    if (IsDefaultVersion !== true)
      await unlessAbsent(client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId })));
  await unlessAbsent(client.send(new DeletePolicyCommand({ PolicyArn })));
};
