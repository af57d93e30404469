// StackSets as CloudFormation has them, and the calls that change one. Throws what the SDK throws (describeAwsError).
import {
  ActivateOrganizationsAccessCommand,
  CloudFormationClient,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  paginateListStackInstances,
  UpdateStackInstancesCommand,
  UpdateStackSetCommand,
} from '@aws-sdk/client-cloudformation';
import { type AwsConnection, clientConfiguration } from '../connection.ts';
import { describeAwsError } from '../errors.ts';
import { tagList, tagMap } from '../tag-lists.ts';

/** With whose word: the management account's own, or that of a delegated administrator. */
export interface StackSetEdge {
  readonly client: CloudFormationClient;
  readonly name: string;
  readonly delegated: boolean;
}

export const openStackSets = (connection: AwsConnection): CloudFormationClient =>
  new CloudFormationClient(clientConfiguration(connection));

const on = ({ name, delegated }: StackSetEdge) => ({
  StackSetName: name,
  CallAs: delegated ? ('DELEGATED_ADMIN' as const) : ('SELF' as const),
});

export interface LiveStackSet {
  readonly description: string;
  readonly template: string;
  readonly serviceManaged: boolean;
  /** undefined where CloudFormation does not say. */
  readonly autoDeployment: boolean | undefined;
  readonly organizationalUnits: readonly string[] | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** undefined when there is none. */
export const readStackSet = async (edge: StackSetEdge): Promise<LiveStackSet | undefined> => {
  try {
    const { StackSet: found } = await edge.client.send(new DescribeStackSetCommand(on(edge)));
    return {
      description: found?.Description ?? '',
      template: found?.TemplateBody ?? '',
      serviceManaged: found?.PermissionModel === 'SERVICE_MANAGED',
      autoDeployment: found?.AutoDeployment?.Enabled,
      organizationalUnits: found?.OrganizationalUnitIds,
      tags: tagMap(found?.Tags),
    };
  } catch (thrown) {
    if (/^StackSetNotFound/.test(describeAwsError(thrown).code)) return undefined;
    throw thrown;
  }
};

export interface StackInstance {
  readonly account: string;
  readonly region: string;
  /** `CURRENT`, `OUTDATED`, `INOPERABLE`. */
  readonly status: string;
  /** `PENDING`, `RUNNING`, `SUCCEEDED`, `FAILED`, `CANCELLED`, … */
  readonly detail: string;
  readonly reason: string;
}

export const listStackInstances = async (edge: StackSetEdge): Promise<StackInstance[]> => {
  const instances: StackInstance[] = [];
  for await (const page of paginateListStackInstances({ client: edge.client }, { ...on(edge), MaxResults: 100 }))
    for (const found of page.Summaries ?? [])
      instances.push({
        account: found.Account ?? '',
        region: found.Region ?? '',
        status: found.Status ?? '',
        detail: found.StackInstanceStatus?.DetailedStatus ?? '',
        reason: found.StatusReason ?? '',
      });
  return instances;
};

export interface StackSetContent {
  readonly description: string;
  readonly template: { readonly body: string } | { readonly url: string };
  readonly autoDeployment: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

const contentOf = ({ description, template, autoDeployment, tags }: StackSetContent) => ({
  Description: description,
  ...('body' in template ? { TemplateBody: template.body } : { TemplateURL: template.url }),
  Capabilities: ['CAPABILITY_NAMED_IAM' as const],
  PermissionModel: 'SERVICE_MANAGED' as const,
  AutoDeployment: autoDeployment ? { Enabled: true, RetainStacksOnAccountRemoval: false } : { Enabled: false },
  Tags: tagList(tags),
});

/** All accounts at once, and no failure in one of them keeps the role from the others. */
const preferences = {
  RegionConcurrencyType: 'PARALLEL' as const,
  FailureTolerancePercentage: 100,
  MaxConcurrentPercentage: 100,
};

export const createStackSet = async (edge: StackSetEdge, content: StackSetContent): Promise<void> => {
  // One operation after the other would make a second apply wait; CloudFormation queues them itself.
  const ManagedExecution = { Active: true };
  await edge.client.send(new CreateStackSetCommand({ ...on(edge), ...contentOf(content), ManagedExecution }));
};

export interface StackSetTargets {
  /** Ids of units or of the root. */
  readonly organizationalUnits: readonly string[];
  readonly region: string;
  /** Of those only these accounts. */
  readonly accounts?: readonly string[];
}

const targetsOf = ({ organizationalUnits, region, accounts }: StackSetTargets) => ({
  DeploymentTargets: {
    OrganizationalUnitIds: [...organizationalUnits],
    ...(accounts === undefined ? {} : { Accounts: [...accounts], AccountFilterType: 'INTERSECTION' as const }),
  },
  Regions: [region],
  OperationPreferences: preferences,
});

/** Each of these gives the id of an operation that goes on by itself (followOperation). */
export const updateStackSet = async (edge: StackSetEdge, content: StackSetContent): Promise<string> => {
  const command = new UpdateStackSetCommand({ ...on(edge), ...contentOf(content), OperationPreferences: preferences });
  return (await edge.client.send(command)).OperationId ?? '';
};

export const createStackInstances = async (edge: StackSetEdge, targets: StackSetTargets): Promise<string> =>
  (await edge.client.send(new CreateStackInstancesCommand({ ...on(edge), ...targetsOf(targets) }))).OperationId ?? '';

export const updateStackInstances = async (edge: StackSetEdge, targets: StackSetTargets): Promise<string> =>
  (await edge.client.send(new UpdateStackInstancesCommand({ ...on(edge), ...targetsOf(targets) }))).OperationId ?? '';

export const deleteStackInstances = async (edge: StackSetEdge, targets: StackSetTargets): Promise<string> => {
  const command = new DeleteStackInstancesCommand({ ...on(edge), ...targetsOf(targets), RetainStacks: false });
  return (await edge.client.send(command)).OperationId ?? '';
};

export const deleteStackSet = async (edge: StackSetEdge): Promise<void> => {
  await edge.client.send(new DeleteStackSetCommand(on(edge)));
};

/** `RUNNING`, `QUEUED`, `STOPPING`, or how it ended. */
export const readOperation = async (edge: StackSetEdge, OperationId: string): Promise<string> => {
  const command = new DescribeStackSetOperationCommand({ ...on(edge), OperationId });
  return (await edge.client.send(command)).StackSetOperation?.Status ?? '';
};

/** Lets StackSets act in the accounts of the Organization: makes the service-linked roles too. */
export const activateOrganizationsAccess = async (client: CloudFormationClient): Promise<void> => {
  await client.send(new ActivateOrganizationsAccessCommand({}));
};
