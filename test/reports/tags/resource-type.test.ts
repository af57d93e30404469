import { describe, expect, it } from 'vitest';
import { resourceTypeOf } from '../../../reports/tags/resource-type.ts';

describe('the type that labels name', () => {
  it.each([
    ['arn:aws:ec2:us-east-1:123456789012:instance/i-1', 'instance', 'instance'],
    ['arn:aws:ec2:us-east-1:123456789012:security-group/sg-1', 'security-group', 'security-group'],
    ['arn:aws:s3:::a-bucket', 'bucket', 's3'],
    ['arn:aws:rds:us-east-1:123456789012:db:x', 'db', 'rds'],
    ['arn:aws:lambda:us-east-1:123456789012:function:f', 'function', 'lambda'],
    ['arn:aws:sqs:us-east-1:123456789012:q', 'queue', 'sqs'],
    ['arn:aws:sns:us-east-1:123456789012:t', 'topic', 'sns'],
    ['arn:aws:ecs:us-east-1:123456789012:task/c/1', 'task', 'task'],
    ['arn:aws:logs:us-east-1:123456789012:log-group:/aws/x', 'log-group', 'log-group:'],
    ['arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-x1', 'secret', 'secret:prod'],
    ['arn:aws:apigateway:us-east-1::/restapis/x', 'restapis', ''],
    ['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/n/1', 'loadbalancer', 'loadbalancer'],
    ['arn:aws:unheard:us-east-1:123456789012:thing', 'unheard', 'unheard'],
    ['no-arn', 'unknown', 'unknown'],
  ])('of %s is %s, and was %s', (arn, modern, legacy) => {
    expect(resourceTypeOf({ arn, type: '' }, 'modern')).toBe(modern);
    expect(resourceTypeOf({ arn, type: '' }, 'legacy')).toBe(legacy);
  });

  it('is that of CloudFormation where there is no ARN', () => {
    const resource = { arn: 'AWS::EC2::LaunchTemplate/lt-1', type: 'AWS::EC2::LaunchTemplate' };
    expect(resourceTypeOf(resource, 'modern')).toBe('launch_template');
  });
});
