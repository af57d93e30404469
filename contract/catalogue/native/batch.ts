// Batch: its types, as data.
import { nativeService } from '../native-service.ts';

export const batch = nativeService({
  key: 'batch',
  reconName: 'Batch',
  namespaces: ['Batch'],
  scope: 'regional',
  types: [
    {
      key: 'batch.compute-environment',
      reconType: 'compute_environment',
      cloudFormationType: 'AWS::Batch::ComputeEnvironment',
      identifier: '{arn}',
      arn: '{compute_environment_arn}',
      arnPrefix: 'compute-environment/',
      actions: ['batch:DescribeComputeEnvironments'],
    },
    {
      key: 'batch.job-queue',
      reconType: 'job_queue',
      cloudFormationType: 'AWS::Batch::JobQueue',
      identifier: '{arn}',
      arn: '{job_queue_arn}',
      arnPrefix: 'job-queue/',
      actions: ['batch:DescribeJobQueues'],
    },
    // CloudFormation knows one by its name alone, and each active revision is a resource of its own here.
    {
      key: 'batch.job-definition',
      reconType: 'job_definition',
      cloudFormationType: 'AWS::Batch::JobDefinition',
      identifier: '{arn}',
      arn: '{job_definition_arn}',
      arnPrefix: 'job-definition/',
      actions: ['batch:DescribeJobDefinitions'],
    },
    {
      key: 'batch.scheduling-policy',
      reconType: 'scheduling_policy',
      cloudFormationType: 'AWS::Batch::SchedulingPolicy',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'scheduling-policy/',
      actions: ['batch:ListSchedulingPolicies', 'batch:DescribeSchedulingPolicies'],
    },
  ],
});
