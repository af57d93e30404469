// MediaConvert: its types, as data.
import { nativeService } from '../native-service.ts';

export const mediaconvert = nativeService({
  key: 'mediaconvert',
  reconName: 'MediaConvert',
  namespaces: ['MediaConvert'],
  scope: 'regional',
  types: [
    {
      key: 'mediaconvert.queue',
      reconType: 'queue',
      cloudFormationType: 'AWS::MediaConvert::Queue',
      identifier: '{path}',
      arn: '{arn}',
      arnPrefix: 'queues/',
      actions: ['mediaconvert:ListQueues'],
    },
    {
      key: 'mediaconvert.job-template',
      reconType: 'job_template',
      cloudFormationType: 'AWS::MediaConvert::JobTemplate',
      identifier: '{path}',
      arn: '{arn}',
      arnPrefix: 'jobTemplates/',
      actions: ['mediaconvert:ListJobTemplates'],
    },
    {
      key: 'mediaconvert.preset',
      reconType: 'preset',
      cloudFormationType: 'AWS::MediaConvert::Preset',
      identifier: '{path}',
      arn: '{arn}',
      arnPrefix: 'presets/',
      actions: ['mediaconvert:ListPresets'],
    },
  ],
});
