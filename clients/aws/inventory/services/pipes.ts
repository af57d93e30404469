// EventBridge Pipes: pipes, with their ends.
import { PipesClient, paginateListPipes } from '@aws-sdk/client-pipes';
import { pipes as catalogue } from '../../../../contract/catalogue/native/pipes.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const pipes = defineService(catalogue, configuration => new PipesClient(configuration), [
  paged('pipes.pipe', { paginate: paginateListPipes, input: {}, pageSize: 100 }, page => page.Pipes),
]);
