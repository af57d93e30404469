// Lambda: functions come whole from the listing.
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { defineService, paged } from './listing.ts';

export const lambda = defineService('lambda', configuration => new LambdaClient(configuration), [
  paged('lambda.function', { paginate: paginateListFunctions, input: {} }, page => page.Functions),
]);
