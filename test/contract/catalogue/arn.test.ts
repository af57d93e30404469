// ARNs of the Tagging API: which resource they name, whatever service it belongs to.
import { describe, expect, it } from 'vitest';
import { arnIdentity, fillTemplate, parseArn } from '../../../contract/catalogue/arn.ts';
import { identifierOf, typeOfArn } from '../../../contract/catalogue/arn-types.ts';

const typeOf = (text: string) => {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const { reconService, reconType, cloudFormationType } = typeOfArn(arn);
  return [reconService, reconType, cloudFormationType];
};

describe('an ARN', () => {
  it.each([
    ['arn:aws:ec2:eu-west-1:1:instance/i-1', 'EC2', 'instance', 'AWS::EC2::Instance'],
    ['arn:aws:s3:::bucket', 'S3', 'bucket', 'AWS::S3::Bucket'],
    ['arn:aws:s3:eu-west-1:1:accesspoint/x', 'S3', 'access_point', 'AWS::S3::AccessPoint'],
    ['arn:aws:sqs:eu-west-1:1:q', 'SQS', 'queue', 'AWS::SQS::Queue'],
    ['arn:aws:secretsmanager:eu-west-1:1:secret:a/b-Xy', 'SecretsManager', 'secret', 'AWS::SecretsManager::Secret'],
    [
      'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/x/1',
      'ElasticLoadBalancingV2',
      'load_balancer',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
    ],
    [
      'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/x',
      'ElasticLoadBalancing',
      'load_balancer',
      'AWS::ElasticLoadBalancing::LoadBalancer',
    ],
    ['arn:aws:new-thing:eu-west-1:1:big-widget/w-1', 'NewThing', 'big_widget', 'AWS::NewThing::BigWidget'],
    ['arn:aws:new-thing:eu-west-1:1:w-1', 'NewThing', 'resource', 'AWS::NewThing::Resource'],
    ['arn:aws:apigateway:eu-west-1::/restapis/abc', 'APIGateway', 'api', 'AWS::ApiGateway::RestApi'],
    ['arn:aws:apigateway:eu-west-1::/restapis/abc/stages/prod', 'APIGateway', 'stage', 'AWS::ApiGateway::Stage'],
    ['arn:aws:sns:eu-west-1:1:topic', 'SNS', 'topic', 'AWS::SNS::Topic'],
    ['arn:aws:sns:eu-west-1:1:topic:0f1e-sub', 'SNS', 'subscription', 'AWS::SNS::Subscription'],
    ['arn:aws:apigateway:eu-west-1::/restapis/abc/resources/x', 'APIGateway', 'resource', 'AWS::ApiGateway::Resource'],
    ['arn:aws:dynamodb:eu-west-1:1:table/t', 'DynamoDB', 'table', 'AWS::DynamoDB::Table'],
    ['arn:aws:dynamodb:eu-west-1:1:table/t/backup/0-1', 'DynamoDB', 'backup', 'AWS::DynamoDB::Backup'],
    ['arn:aws:iam::1:role/aws-service-role/x/r', 'IAM', 'role', 'AWS::IAM::Role'],
    ['arn:aws:wafv2:us-east-1:1:global/webacl/edge/0-1', 'WAFV2', 'web_acl', 'AWS::WAFv2::WebACL'],
    ['arn:aws:wafv2:us-east-1:1:regional/webacl/x/0-1', 'WAFV2', 'web_acl', 'AWS::WAFv2::WebACL'],
    ['arn:aws:ecs:eu-west-1:1:service/c/s', 'ECS', 'service', 'AWS::ECS::Service'],
    ['arn:aws:route53:::hostedzone/Z1', 'Route53', 'zone', 'AWS::Route53::HostedZone'],
    ['arn:aws:wisdom:eu-west-1:1:assistant/a-1', 'Wisdom', 'assistant', 'AWS::Wisdom::Assistant'],
  ])('%s is of the type %s %s', (text, ...expected) => {
    expect(typeOf(text)).toEqual(expected);
  });

  it.each(['', 'arn', 'arn:aws:s3', 'urn:aws:s3:::b', '<script>'])('is not made out of %j', text => {
    expect(parseArn(text)).toBeUndefined();
  });

  it('keeps colons of its last part', () => {
    expect(parseArn('arn:aws:logs:r:1:log-group:/a:b')?.resource).toBe('log-group:/a:b');
  });

  it('is the same resource with and without its account', () => {
    expect(arnIdentity('arn:aws:ec2:r::snapshot/s-1')).toBe(arnIdentity('arn:aws:ec2:r:111122223333:snapshot/s-1'));
    expect(arnIdentity('arn:aws:ec2:r:1:snapshot/s-1')).not.toBe(arnIdentity('arn:aws:ec2:q:1:snapshot/s-1'));
  });

  it('is not written when a part of it is missing', () => {
    expect(fillTemplate('arn:{partition}:x:{id}', { partition: 'aws' })).toBeUndefined();
    expect(fillTemplate('arn:{partition}:x:{id}', { partition: 'aws', id: '{id}$&' })).toBe('arn:aws:x:{id}$&');
  });
});

describe('the identifier', () => {
  it.each([
    ['arn:aws:apigateway:eu-west-1::/restapis/abc', 'abc'],
    ['arn:aws:apigateway:eu-west-1::/restapis/abc/stages/prod', 'abc|prod'],
    ['arn:aws:apigateway:eu-west-1::/restapis/abc/resources/x', 'abc|x'],
    [
      'arn:aws:apigateway:eu-west-1::/restapis/abc/resources/x/methods/GET',
      'arn:aws:apigateway:eu-west-1::/restapis/abc/resources/x/methods/GET',
    ],
    ['arn:aws:wafv2:eu-west-1:1:regional/webacl/w/0-1', 'w|0-1|REGIONAL'],
    ['arn:aws:sns:eu-west-1:1:topic:0f1e-sub', 'arn:aws:sns:eu-west-1:1:topic:0f1e-sub'],
    ['arn:aws:route53:::hostedzone/Z1', 'Z1'],
    ['arn:aws:autoscaling:eu-west-1:1:autoScalingGroup:0-1:autoScalingGroupName/web/a', 'web/a'],
    ['arn:aws:acm:eu-west-1:1:certificate/0-1', 'arn:aws:acm:eu-west-1:1:certificate/0-1'],
    ['arn:aws:ecr:eu-west-1:1:repository/team/app', 'team/app'],
    ['arn:aws:rds:eu-west-1:1:og:default:mysql-8-0', 'default:mysql-8-0'],
    ['arn:aws:wafv2:us-east-1:1:global/webacl/edge/0-1', 'edge|0-1|CLOUDFRONT'],
    ['arn:aws:iam::1:server-certificate/a/b/cert', 'cert'],
    ['arn:aws:ecs:eu-west-1:1:service/old', 'arn:aws:ecs:eu-west-1:1:service/old'],
    ['arn:aws:new-thing:eu-west-1:1:big-widget/w-1', 'arn:aws:new-thing:eu-west-1:1:big-widget/w-1'],
    ['nonsense', 'nonsense'],
  ])('of %s is %s', (arn, identifier) => {
    expect(identifierOf(arn)).toBe(identifier);
  });
});
