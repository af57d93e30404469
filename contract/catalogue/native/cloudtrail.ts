// CloudTrail: its types, as data.
import { nativeService } from '../native-service.ts';

export const cloudtrail = nativeService({
  key: 'cloudtrail',
  reconName: 'CloudTrail',
  namespaces: ['CloudTrail'],
  scope: 'regional',
  types: [
    {
      key: 'cloudtrail.trail',
      reconType: 'cloud_trail',
      cloudFormationType: 'AWS::CloudTrail::Trail',
      identifier: '{name}',
      arn: '{trail_arn}',
      arnPrefix: 'trail/',
      actions: ['cloudtrail:DescribeTrails'],
    },
    {
      key: 'cloudtrail.event-data-store',
      reconType: 'event_data_store',
      cloudFormationType: 'AWS::CloudTrail::EventDataStore',
      identifier: '{arn}',
      arn: '{event_data_store_arn}',
      arnPrefix: 'eventdatastore/',
      actions: ['cloudtrail:ListEventDataStores', 'cloudtrail:GetEventDataStore'],
    },
    {
      key: 'cloudtrail.channel',
      reconType: 'channel',
      cloudFormationType: 'AWS::CloudTrail::Channel',
      identifier: '{arn}',
      arn: '{channel_arn}',
      arnPrefix: 'channel/',
      actions: ['cloudtrail:ListChannels'],
    },
  ],
});
