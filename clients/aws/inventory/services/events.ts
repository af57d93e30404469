// EventBridge: buses, the rules of each, and what events come from and go to.
import {
  EventBridgeClient,
  ListApiDestinationsCommand,
  type ListApiDestinationsCommandInput,
  ListArchivesCommand,
  type ListArchivesCommandInput,
  ListConnectionsCommand,
  type ListConnectionsCommandInput,
  ListEndpointsCommand,
  type ListEndpointsCommandInput,
  ListEventBusesCommand,
  type ListEventBusesCommandInput,
  ListRulesCommand,
  type ListRulesCommandInput,
} from '@aws-sdk/client-eventbridge';
import { events as catalogue } from '../../../../contract/catalogue/native/events.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paginateBy } from '../paginate-by.ts';
import { paged, walkPages } from '../rows.ts';

const input = { Limit: 100 };

const buses = paginateBy('NextToken', (client: EventBridgeClient, request: ListEventBusesCommandInput, options) =>
  client.send(new ListEventBusesCommand(request), options),
);
const rules = paginateBy('NextToken', (client: EventBridgeClient, request: ListRulesCommandInput, options) =>
  client.send(new ListRulesCommand(request), options),
);
const archives = paginateBy('NextToken', (client: EventBridgeClient, request: ListArchivesCommandInput, options) =>
  client.send(new ListArchivesCommand(request), options),
);
const connections = paginateBy(
  'NextToken',
  (client: EventBridgeClient, request: ListConnectionsCommandInput, options) =>
    client.send(new ListConnectionsCommand(request), options),
);
const apiDestinations = paginateBy(
  'NextToken',
  (client: EventBridgeClient, request: ListApiDestinationsCommandInput, options) =>
    client.send(new ListApiDestinationsCommand(request), options),
);
const endpoints = paginateBy('NextToken', (client: EventBridgeClient, request: ListEndpointsCommandInput, options) =>
  client.send(new ListEndpointsCommand(request), options),
);

export const events = defineService(catalogue, configuration => new EventBridgeClient(configuration), [
  paged('events.event-bus', { paginate: buses, input }, page => page.EventBuses),
  nested({
    type: 'events.rule',
    parents: async function* parents(client: EventBridgeClient, abortSignal) {
      for await (const page of walkPages(client, { paginate: buses, input }, abortSignal)) {
        yield page.EventBuses?.map(bus => bus.Name);
      }
    },
    children: async function* children(client, EventBusName, abortSignal) {
      const row = { paginate: rules, input: { ...input, EventBusName } };
      for await (const page of walkPages(client, row, abortSignal)) yield page.Rules;
    },
    gone: ['ResourceNotFoundException'],
  }),
  paged('events.archive', { paginate: archives, input }, page => page.Archives),
  paged('events.connection', { paginate: connections, input }, page => page.Connections),
  paged('events.api-destination', { paginate: apiDestinations, input }, page => page.ApiDestinations),
  paged('events.endpoint', { paginate: endpoints, input: { MaxResults: 100 } }, page => page.Endpoints),
]);
