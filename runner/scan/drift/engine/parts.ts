// Parts of found resources that Terraform keeps as resources of their own: from what the inventory and the details tell. Pure.
import type { Detail } from '../details.ts';
import type { FoundResource } from '../resources.ts';
import { bucketParts, policyPart, principalParts } from './parts-access.ts';
import {
  aclParts,
  addressParts,
  endpointParts,
  gatewayParts,
  routeTableParts,
  volumeParts,
  vpnGatewayParts,
} from './parts-network.ts';

export type PartsOf = (found: FoundResource, detail: Detail | undefined) => FoundResource[];

const rows: Readonly<Record<string, PartsOf>> = {
  'AWS::ApiGateway::RestApi': policyPart({ type: 'aws_api_gateway_rest_api_policy', value: 'policy' }),
  'AWS::EC2::EIP': addressParts,
  'AWS::EC2::InternetGateway': gatewayParts,
  'AWS::EC2::NetworkAcl': aclParts,
  'AWS::EC2::RouteTable': routeTableParts,
  'AWS::EC2::VPCEndpoint': endpointParts,
  'AWS::EC2::VPNGateway': vpnGatewayParts,
  'AWS::EC2::Volume': volumeParts,
  'AWS::ECR::Repository': policyPart({ type: 'aws_ecr_repository_policy', value: 'Policy' }),
  'AWS::IAM::Group': principalParts('group'),
  'AWS::IAM::Role': principalParts('role'),
  'AWS::IAM::User': principalParts('user'),
  'AWS::S3::Bucket': bucketParts,
  'AWS::SNS::Topic': policyPart({ type: 'aws_sns_topic_policy', value: 'Policy' }),
  'AWS::SQS::Queue': (found, detail) => [
    ...policyPart({ type: 'aws_sqs_queue_policy', value: 'Policy' })(found, detail),
    ...policyPart({ type: 'aws_sqs_queue_redrive_policy', value: 'RedrivePolicy', quiet: true })(found, detail),
    ...policyPart({ type: 'aws_sqs_queue_redrive_allow_policy', value: 'RedriveAllowPolicy', quiet: true })(
      found,
      detail,
    ),
  ],
};

/** Types, beside those with parts, whose descriptions tell what AWS made by itself. */
const tellers = ['AWS::EC2::NatGateway', 'AWS::EC2::SecurityGroupRule', 'AWS::EC2::VPC', 'AWS::EC2::SecurityGroup'];

/** CloudFormation's types of which descriptions are kept for their parts, and for what is known from them of others. */
export const describedForParts: ReadonlySet<string> = new Set([...Object.keys(rows), ...tellers]);

/** Types whose parts are told by the inventory alone: of a resource without a description they are not known. */
export const toldByDescription: ReadonlySet<string> = new Set(
  Object.keys(rows).filter(type => type.startsWith('AWS::EC2::') || type.startsWith('AWS::IAM::')),
);

/**
 * Security group rules are listed as they are. Of everything else that Terraform keeps apart these are the parts that are
 * there; those that AWS makes by itself are marked `byDefault`.
 */
export const partsOf: PartsOf = (found, detail) => rows[found.resourceType]?.(found, detail) ?? [];
