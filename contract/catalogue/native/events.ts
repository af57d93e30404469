// EventBridge: its types, as data.
import { nativeService } from '../native-service.ts';

export const events = nativeService({
  key: 'events',
  reconName: 'CloudWatchEvents',
  namespaces: ['Events'],
  scope: 'regional',
  types: [
    {
      key: 'events.event-bus',
      reconType: 'event_bus',
      cloudFormationType: 'AWS::Events::EventBus',
      identifier: '{path}',
      arn: 'arn:{partition}:events:{region}:{account}:event-bus/{name}',
      actions: ['events:ListEventBuses'],
    },
    {
      key: 'events.rule',
      reconType: 'rule',
      cloudFormationType: 'AWS::Events::Rule',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'rule/',
      actions: ['events:ListEventBuses', 'events:ListRules'],
    },
    {
      key: 'events.archive',
      reconType: 'archive',
      cloudFormationType: 'AWS::Events::Archive',
      identifier: '{name}',
      arn: 'arn:{partition}:events:{region}:{account}:archive/{archive_name}',
      actions: ['events:ListArchives'],
    },
    {
      key: 'events.connection',
      reconType: 'connection',
      cloudFormationType: 'AWS::Events::Connection',
      identifier: '{parent}',
      arn: '{connection_arn}',
      arnPrefix: 'connection/*/',
      actions: ['events:ListConnections'],
    },
    {
      key: 'events.api-destination',
      reconType: 'api_destination',
      cloudFormationType: 'AWS::Events::ApiDestination',
      identifier: '{parent}',
      arn: '{api_destination_arn}',
      arnPrefix: 'api-destination/*/',
      actions: ['events:ListApiDestinations'],
    },
    {
      key: 'events.endpoint',
      reconType: 'endpoint',
      cloudFormationType: 'AWS::Events::Endpoint',
      identifier: '{name}',
      arn: 'arn:{partition}:events:{region}:{account}:endpoint/{name}',
      actions: ['events:ListEndpoints'],
    },
  ],
});
