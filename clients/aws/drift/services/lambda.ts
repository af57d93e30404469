// Functions: environment, reserved concurrency and tags in one answer. What leads to the code is left out.
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { defineDetails, textOf } from '../detail-service.ts';

export const lambda = defineDetails(configuration => new LambdaClient(configuration), {
  function: {
    ask: async (client: LambdaClient, subject, options) => {
      const command = new GetFunctionCommand({ FunctionName: textOf(subject, 'function_name') });
      const { Configuration, Concurrency, Tags, TagsError } = await client.send(command, options);
      return {
        // Without a right to its key, the variables are not told.
        Environment: Configuration?.Environment?.Error ? undefined : (Configuration?.Environment ?? null),
        ReservedConcurrentExecutions: Concurrency?.ReservedConcurrentExecutions ?? null,
        Tags: TagsError === undefined ? (Tags ?? {}) : undefined,
      };
    },
  },
});
