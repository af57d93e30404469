// CodeDeploy: the listings give names of applications, their groups and configurations, which are described.
import {
  BatchGetApplicationsCommand,
  BatchGetDeploymentGroupsCommand,
  CodeDeployClient,
  GetDeploymentConfigCommand,
  paginateListApplications,
  paginateListDeploymentConfigs,
  paginateListDeploymentGroups,
} from '@aws-sdk/client-codedeploy';
import { codedeploy as catalogue } from '../../../../contract/catalogue/native/codedeploy.ts';
import { describeAwsError } from '../../errors.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';
import { asItems, walkPages } from '../rows.ts';

const batch = 100;
const applicationGone = ['ApplicationDoesNotExistException'];

const applicationNames = async function* applicationNames(client: CodeDeployClient, abortSignal: AbortSignal) {
  for await (const page of walkPages(client, { paginate: paginateListApplications, input: {} }, abortSignal)) {
    yield page.applications ?? [];
  }
};

const applications: DescribedRow<CodeDeployClient, 'codedeploy.application'> = {
  type: 'codedeploy.application',
  names: async function* names(client, abortSignal) {
    for await (const page of applicationNames(client, abortSignal)) {
      yield asItems(page.map(applicationName => ({ applicationName })));
    }
  },
  batch,
  describe: async ({ client, items, abortSignal }) => {
    const names = items.map(({ fields }) => (fields as { applicationName: string }).applicationName);
    const command = new BatchGetApplicationsCommand({ applicationNames: names });
    return { items: asItems((await client.send(command, { abortSignal })).applicationsInfo) };
  },
  // One that is gone may refuse the whole batch, of which the others are there.
  gone: [],
};

interface NamedGroup {
  readonly applicationName: string;
  readonly deploymentGroupName: string;
}

const groupsOf = async function* groupsOf(
  client: CodeDeployClient,
  applicationName: string,
  abortSignal: AbortSignal,
): AsyncGenerator<ListedItem[]> {
  const row = { paginate: paginateListDeploymentGroups, input: { applicationName } };
  try {
    for await (const page of walkPages(client, row, abortSignal)) {
      yield asItems(page.deploymentGroups?.map(deploymentGroupName => ({ applicationName, deploymentGroupName })));
    }
  } catch (thrown) {
    if (abortSignal.aborted || !applicationGone.includes(describeAwsError(thrown).code)) throw thrown;
  }
};

const deploymentGroups: DescribedRow<CodeDeployClient, 'codedeploy.deployment-group'> = {
  type: 'codedeploy.deployment-group',
  names: async function* names(client, abortSignal) {
    for await (const page of applicationNames(client, abortSignal)) {
      for (const applicationName of page) yield* groupsOf(client, applicationName, abortSignal);
      // So that a list without an application counts as answered.
      yield [];
    }
  },
  batch,
  describe: async ({ client, items, abortSignal }) => {
    const named = items.map(({ fields }) => fields as NamedGroup);
    const command = new BatchGetDeploymentGroupsCommand({
      // All of a page belong to one application.
      applicationName: named[0]?.applicationName,
      deploymentGroupNames: named.map(({ deploymentGroupName }) => deploymentGroupName),
    });
    return { items: asItems((await client.send(command, { abortSignal })).deploymentGroupsInfo) };
  },
  gone: applicationGone,
};

const describeConfig = async (client: CodeDeployClient, item: ListedItem, abortSignal: AbortSignal) => {
  const { deploymentConfigName } = item.fields as { deploymentConfigName: string };
  const command = new GetDeploymentConfigCommand({ deploymentConfigName });
  return { fields: (await client.send(command, { abortSignal })).deploymentConfigInfo ?? item.fields };
};

const deploymentConfigs: DescribedRow<CodeDeployClient, 'codedeploy.deployment-config'> = {
  type: 'codedeploy.deployment-config',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, { paginate: paginateListDeploymentConfigs, input: {} }, abortSignal)) {
      // AWS's own are the same everywhere.
      const own = page.deploymentConfigsList?.filter(name => !name.startsWith('CodeDeployDefault.'));
      yield asItems(own?.map(deploymentConfigName => ({ deploymentConfigName })));
    }
  },
  batch: 1,
  describe: describeOne(describeConfig),
  gone: ['DeploymentConfigDoesNotExistException'],
};

export const codedeploy = defineService(catalogue, configuration => new CodeDeployClient(configuration), [
  described(applications),
  described(deploymentGroups),
  described(deploymentConfigs),
]);
