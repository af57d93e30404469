// API Gateway's HTTP and WebSocket APIs: its types, as data.
import { nativeService } from '../native-service.ts';

export const apigatewayv2 = nativeService({
  key: 'apigatewayv2',
  reconName: 'ApiGatewayV2',
  namespaces: ['ApiGatewayV2'],
  scope: 'regional',
  arnService: 'apigateway',
  types: [
    {
      key: 'apigatewayv2.api',
      reconType: 'api',
      cloudFormationType: 'AWS::ApiGatewayV2::Api',
      identifier: '{name}',
      arn: 'arn:{partition}:apigateway:{region}::/apis/{api_id}',
      actions: ['apigateway:GET'],
    },
    {
      key: 'apigatewayv2.stage',
      reconType: 'stage',
      cloudFormationType: 'AWS::ApiGatewayV2::Stage',
      identifier: '{parent}|{name}',
      arn: 'arn:{partition}:apigateway:{region}::/apis/{api_id}/stages/{stage_name}',
      actions: ['apigateway:GET'],
    },
    {
      key: 'apigatewayv2.route',
      reconType: 'route',
      cloudFormationType: 'AWS::ApiGatewayV2::Route',
      identifier: '{parent}|{name}',
      arn: 'arn:{partition}:apigateway:{region}::/apis/{api_id}/routes/{route_id}',
      actions: ['apigateway:GET'],
    },
    {
      key: 'apigatewayv2.integration',
      reconType: 'integration',
      cloudFormationType: 'AWS::ApiGatewayV2::Integration',
      identifier: '{parent}|{name}',
      arn: 'arn:{partition}:apigateway:{region}::/apis/{api_id}/integrations/{integration_id}',
      actions: ['apigateway:GET'],
    },
    {
      key: 'apigatewayv2.authorizer',
      reconType: 'authorizer',
      cloudFormationType: 'AWS::ApiGatewayV2::Authorizer',
      identifier: '{name}|{parent}',
      arn: 'arn:{partition}:apigateway:{region}::/apis/{api_id}/authorizers/{authorizer_id}',
      actions: ['apigateway:GET'],
    },
    {
      // AWS writes the same ARN for a link of REST APIs, which is apigateway.vpc-link.
      key: 'apigatewayv2.vpc-link',
      reconType: 'vpc_link',
      cloudFormationType: 'AWS::ApiGatewayV2::VpcLink',
      identifier: '{name}',
      arn: 'arn:{partition}:apigateway:{region}::/vpclinks/{vpc_link_id}',
      actions: ['apigateway:GET'],
    },
  ],
});
