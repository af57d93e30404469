// WorkSpaces: desktops, their directories, the account's own bundles and images, and who may connect from where.
import {
  DescribeIpGroupsCommand,
  type DescribeIpGroupsCommandInput,
  DescribeWorkspaceImagesCommand,
  type DescribeWorkspaceImagesCommandInput,
  paginateDescribeWorkspaceBundles,
  paginateDescribeWorkspaceDirectories,
  paginateDescribeWorkspaces,
  WorkSpacesClient,
} from '@aws-sdk/client-workspaces';
import { workspaces as catalogue } from '../../../../contract/catalogue/native/workspaces.ts';
import { defineService } from '../listing.ts';
import { paginateBy } from '../paginate-by.ts';
import { paged } from '../rows.ts';

/** More in one page are refused. */
const MaxResults = 25;

const images = paginateBy(
  'NextToken',
  (client: WorkSpacesClient, input: DescribeWorkspaceImagesCommandInput, options) =>
    client.send(new DescribeWorkspaceImagesCommand(input), options),
);
const ipGroups = paginateBy('NextToken', (client: WorkSpacesClient, input: DescribeIpGroupsCommandInput, options) =>
  client.send(new DescribeIpGroupsCommand(input), options),
);

/** Those that other accounts share are not this account's. */
const own = { ImageType: 'OWNED', MaxResults } satisfies DescribeWorkspaceImagesCommandInput;

export const workspaces = defineService(catalogue, configuration => new WorkSpacesClient(configuration), [
  paged(
    'workspaces.workspace',
    { paginate: paginateDescribeWorkspaces, input: {}, pageSize: MaxResults },
    page => page.Workspaces,
  ),
  paged(
    'workspaces.directory',
    { paginate: paginateDescribeWorkspaceDirectories, input: {}, pageSize: MaxResults },
    page => page.Directories,
  ),
  // AWS's own come only when its name is given as their owner.
  paged('workspaces.bundle', { paginate: paginateDescribeWorkspaceBundles, input: {} }, page => page.Bundles),
  paged('workspaces.image', { paginate: images, input: own }, page => page.Images),
  paged('workspaces.ip-group', { paginate: ipGroups, input: { MaxResults } }, page => page.Result),
]);
