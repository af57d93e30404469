// AppStream 2.0: fleets, stacks, the account's own images, their builders, applications, and directories.
import {
  AppStreamClient,
  DescribeAppBlocksCommand,
  type DescribeAppBlocksCommandInput,
  DescribeApplicationsCommand,
  type DescribeApplicationsCommandInput,
  DescribeDirectoryConfigsCommand,
  type DescribeDirectoryConfigsCommandInput,
  DescribeFleetsCommand,
  type DescribeFleetsCommandInput,
  DescribeImageBuildersCommand,
  type DescribeImageBuildersCommandInput,
  type DescribeImagesCommandInput,
  DescribeStacksCommand,
  type DescribeStacksCommandInput,
  paginateDescribeImages,
} from '@aws-sdk/client-appstream';
import { appstream as catalogue } from '../../../../contract/catalogue/native/appstream.ts';
import { defineService } from '../listing.ts';
import { paginateBy } from '../paginate-by.ts';
import { paged } from '../rows.ts';

const fleets = paginateBy('NextToken', (client: AppStreamClient, input: DescribeFleetsCommandInput, options) =>
  client.send(new DescribeFleetsCommand(input), options),
);
const stacks = paginateBy('NextToken', (client: AppStreamClient, input: DescribeStacksCommandInput, options) =>
  client.send(new DescribeStacksCommand(input), options),
);
const builders = paginateBy('NextToken', (client: AppStreamClient, input: DescribeImageBuildersCommandInput, options) =>
  client.send(new DescribeImageBuildersCommand(input), options),
);
const applications = paginateBy(
  'NextToken',
  (client: AppStreamClient, input: DescribeApplicationsCommandInput, options) =>
    client.send(new DescribeApplicationsCommand(input), options),
);
const appBlocks = paginateBy('NextToken', (client: AppStreamClient, input: DescribeAppBlocksCommandInput, options) =>
  client.send(new DescribeAppBlocksCommand(input), options),
);
const directories = paginateBy(
  'NextToken',
  (client: AppStreamClient, input: DescribeDirectoryConfigsCommandInput, options) =>
    client.send(new DescribeDirectoryConfigsCommand(input), options),
);

/** Without it AWS's public ones and those of other accounts are listed as well. */
const own = { Type: 'PRIVATE' } satisfies DescribeImagesCommandInput;

export const appstream = defineService(catalogue, configuration => new AppStreamClient(configuration), [
  paged('appstream.fleet', { paginate: fleets, input: {} }, page => page.Fleets),
  paged('appstream.stack', { paginate: stacks, input: {} }, page => page.Stacks),
  paged('appstream.image', { paginate: paginateDescribeImages, input: own, pageSize: 25 }, page => page.Images),
  paged('appstream.image-builder', { paginate: builders, input: {} }, page => page.ImageBuilders),
  paged('appstream.application', { paginate: applications, input: {} }, page => page.Applications),
  paged('appstream.app-block', { paginate: appBlocks, input: {} }, page => page.AppBlocks),
  paged('appstream.directory-config', { paginate: directories, input: {} }, page => page.DirectoryConfigs),
]);
