// CodeBuild: the listings give names or ARNs, which are described many at once.
import {
  BatchGetFleetsCommand,
  BatchGetProjectsCommand,
  BatchGetReportGroupsCommand,
  CodeBuildClient,
  ListSourceCredentialsCommand,
  paginateListFleets,
  paginateListProjects,
  paginateListReportGroups,
} from '@aws-sdk/client-codebuild';
import { codebuild as catalogue } from '../../../../contract/catalogue/native/codebuild.ts';
import { type DescribedRow, described } from '../described-rows.ts';
import { defineService } from '../listing.ts';
import { asItems, single, walkPages } from '../rows.ts';

const batch = 100;
const pageSize = 100;
/** What was deleted since it was listed is left out of the answer. */
const gone: readonly string[] = [];

const lastPart = (arn: string): string => arn.split('/').at(-1) ?? arn;

const projects: DescribedRow<CodeBuildClient, 'codebuild.project'> = {
  type: 'codebuild.project',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, { paginate: paginateListProjects, input: {} }, abortSignal)) {
      yield asItems(page.projects?.map(name => ({ name })));
    }
  },
  batch,
  describe: async ({ client, items, abortSignal }) => {
    const names = items.map(({ fields }) => (fields as { name: string }).name);
    return { items: asItems((await client.send(new BatchGetProjectsCommand({ names }), { abortSignal })).projects) };
  },
  gone,
};

const reportGroups: DescribedRow<CodeBuildClient, 'codebuild.report-group'> = {
  type: 'codebuild.report-group',
  names: async function* names(client, abortSignal) {
    const row = { paginate: paginateListReportGroups, input: {}, pageSize };
    for await (const page of walkPages(client, row, abortSignal)) {
      yield asItems(page.reportGroups?.map(arn => ({ arn, name: lastPart(arn) })));
    }
  },
  batch,
  describe: async ({ client, items, abortSignal }) => {
    const reportGroupArns = items.map(({ fields }) => (fields as { arn: string }).arn);
    const command = new BatchGetReportGroupsCommand({ reportGroupArns });
    return { items: asItems((await client.send(command, { abortSignal })).reportGroups) };
  },
  gone,
};

const fleets: DescribedRow<CodeBuildClient, 'codebuild.fleet'> = {
  type: 'codebuild.fleet',
  names: async function* names(client, abortSignal) {
    const row = { paginate: paginateListFleets, input: {}, pageSize };
    for await (const page of walkPages(client, row, abortSignal)) {
      yield asItems(page.fleets?.map(arn => ({ arn, name: lastPart(arn).split(':')[0] })));
    }
  },
  batch,
  describe: async ({ client, items, abortSignal }) => {
    const names = items.map(({ fields }) => (fields as { arn: string }).arn);
    return { items: asItems((await client.send(new BatchGetFleetsCommand({ names }), { abortSignal })).fleets) };
  },
  gone,
};

export const codebuild = defineService(catalogue, configuration => new CodeBuildClient(configuration), [
  described(projects),
  described(reportGroups),
  described(fleets),
  // Says what sort of credentials there are, not the credentials.
  single(
    'codebuild.source-credential',
    async (client: CodeBuildClient, options) =>
      (await client.send(new ListSourceCredentialsCommand({}), options)).sourceCredentialsInfos,
  ),
]);
