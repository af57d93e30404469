// Roles as IAM has them, and the calls that change one. Throws what the SDK throws (describeAwsError).
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { tagList, tagMap } from '../tag-lists.ts';
import { readDocument, unlessAbsent } from './iam-client.ts';

export interface LiveRole {
  readonly path: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly trust: unknown;
  /** By name, those that were asked for. */
  readonly inlinePolicies: Readonly<Record<string, unknown>>;
  /** ARNs. */
  readonly attachedPolicies: readonly string[];
  readonly permissionsBoundary: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

const attachedTo = async (client: IAMClient, RoleName: string): Promise<string[]> => {
  const arns: string[] = [];
  for await (const page of paginateListAttachedRolePolicies({ client }, { RoleName }))
    arns.push(...(page.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []));
  return arns;
};

const inlineOf = async (client: IAMClient, RoleName: string, names: readonly string[]) => {
  const read = names.map(async PolicyName => {
    const answer = await unlessAbsent(client.send(new GetRolePolicyCommand({ RoleName, PolicyName })));
    return [PolicyName, readDocument(answer?.PolicyDocument)] as const;
  });
  return Object.fromEntries((await Promise.all(read)).filter(([, document]) => document !== undefined));
};

/** undefined when there is no role of this name. */
export const readRole = async (
  client: IAMClient,
  name: string,
  inlineNames: readonly string[],
): Promise<LiveRole | undefined> => {
  const answer = await unlessAbsent(client.send(new GetRoleCommand({ RoleName: name })));
  const role = answer?.Role;
  if (role === undefined) return undefined;
  const [inlinePolicies, attachedPolicies] = await Promise.all([
    inlineOf(client, name, inlineNames),
    attachedTo(client, name),
  ]);
  return {
    path: role.Path ?? '/',
    description: role.Description ?? '',
    maxSessionSeconds: role.MaxSessionDuration ?? 3_600,
    trust: readDocument(role.AssumeRolePolicyDocument),
    inlinePolicies,
    attachedPolicies,
    permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    tags: tagMap(role.Tags),
  };
};

export interface NewRole {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly trust: unknown;
  readonly tags: Readonly<Record<string, string>>;
}

export const createRole = async (client: IAMClient, role: NewRole): Promise<void> => {
  await client.send(
    new CreateRoleCommand({
      Path: role.path,
      RoleName: role.name,
      Description: role.description,
      MaxSessionDuration: role.maxSessionSeconds,
      AssumeRolePolicyDocument: JSON.stringify(role.trust),
      Tags: tagList(role.tags),
    }),
  );
};

export const updateRole = async (
  client: IAMClient,
  RoleName: string,
  { description, maxSessionSeconds }: Pick<NewRole, 'description' | 'maxSessionSeconds'>,
): Promise<void> => {
  const command = new UpdateRoleCommand({ RoleName, Description: description, MaxSessionDuration: maxSessionSeconds });
  await client.send(command);
};

export const putTrust = async (client: IAMClient, RoleName: string, trust: unknown): Promise<void> => {
  const PolicyDocument = JSON.stringify(trust);
  await client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
};

export const putInlinePolicy = async (
  client: IAMClient,
  RoleName: string,
  [PolicyName, document]: readonly [string, unknown],
): Promise<void> => {
  const PolicyDocument = JSON.stringify(document);
  await client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
};

export const attachPolicy = async (client: IAMClient, RoleName: string, PolicyArn: string): Promise<void> => {
  await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
};

/** The role, and what it is made of first; nothing happens to the managed policies themselves. */
export const deleteRole = async (client: IAMClient, RoleName: string): Promise<void> => {
  for (const PolicyArn of await attachedTo(client, RoleName))
    await unlessAbsent(client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
  for await (const page of paginateListRolePolicies({ client }, { RoleName }))
    for (const PolicyName of page.PolicyNames ?? [])
      await unlessAbsent(client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
  await unlessAbsent(client.send(new DeleteRoleCommand({ RoleName })));
};
