// Step Functions: state machines, the aliases of each, and activities.
import {
  ListStateMachineAliasesCommand,
  type ListStateMachineAliasesCommandInput,
  paginateListActivities,
  paginateListStateMachines,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { states as catalogue } from '../../../../contract/catalogue/native/states.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paginateBy } from '../paginate-by.ts';
import { paged, walkPages } from '../rows.ts';

const pageSize = 1000;
const stateMachines = { paginate: paginateListStateMachines, input: {}, pageSize };

const aliases = paginateBy('nextToken', (client: SFNClient, input: ListStateMachineAliasesCommandInput, options) =>
  client.send(new ListStateMachineAliasesCommand(input), options),
);

export const states = defineService(catalogue, configuration => new SFNClient(configuration), [
  paged('states.state-machine', stateMachines, page => page.stateMachines),
  paged('states.activity', { paginate: paginateListActivities, input: {}, pageSize }, page => page.activities),
  nested({
    type: 'states.state-machine-alias',
    parents: async function* parents(client: SFNClient, abortSignal) {
      for await (const page of walkPages(client, stateMachines, abortSignal)) {
        yield page.stateMachines?.map(machine => machine.stateMachineArn);
      }
    },
    children: async function* children(client, stateMachineArn, abortSignal) {
      const row = { paginate: aliases, input: { stateMachineArn, maxResults: pageSize } };
      for await (const page of walkPages(client, row, abortSignal)) yield page.stateMachineAliases;
    },
    gone: ['StateMachineDoesNotExist', 'ResourceNotFound'],
  }),
]);
