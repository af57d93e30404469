import { describe, expect, it } from 'vitest';
import { parseExclusions } from '../../../reports/tags/exclusions.ts';

const task = { arn: 'arn:aws:ecs:us-east-1:123456789012:task/c/1', type: 'AWS::ECS::Task' };
const definition = { arn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/f:1', type: 'AWS::ECS::TaskDefinition' };
const cluster = { arn: 'arn:aws:eks:us-east-1:123456789012:cluster/k', type: 'AWS::EKS::Cluster' };
const ecsCluster = { arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/k', type: 'AWS::ECS::Cluster' };
const bucket = { arn: 'arn:aws:s3:::b', type: 'AWS::S3::Bucket' };
const instance = { arn: 'arn:aws:ec2:us-east-1:123456789012:instance/i-1', type: 'AWS::EC2::Instance' };
const all = { task, definition, cluster, ecsCluster, bucket, instance };

describe('an exclusion', () => {
  it.each([
    ['part of a type', 'task', ['task', 'definition']],
    ['part of a type, whatever its case', 'TASK', ['task', 'definition']],
    ['service and type', 'ecs:task', ['task']],
    ['all of a service', 'eks:*', ['cluster']],
    ['the beginning of a type', 'task*', ['task', 'definition']],
    ['the beginning, and not any part', 'ask*', []],
    ['any part', '*defin*', ['definition']],
    ['a letter and all that follows', 'i*', ['instance']],
    ['a CloudFormation type', 'AWS::EC2::Instance', ['instance']],
    ['all CloudFormation types of a service', 'aws::ecs::*', ['task', 'definition', 'ecsCluster']],
    ['the name that buckets had before', 's3', ['bucket']],
    ['the name that buckets have now', 'bucket', ['bucket']],
    ['what nothing is called', 'pod', []],
  ])('that is %s leaves out just that', (_name, pattern, expected) => {
    const isExcluded = parseExclusions([pattern]);
    expect(Object.entries(all).flatMap(([name, resource]) => (isExcluded(resource) ? [name] : []))).toEqual(expected);
  });

  it('adds up with others', () => {
    const isExcluded = parseExclusions(['ecs:task', 's3']);
    expect([task, bucket, definition].map(isExcluded)).toEqual([true, true, false]);
    expect(parseExclusions([])(task)).toBe(false);
  });
});
