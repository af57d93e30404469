// Direct Connect gateways, which belong to no region: its types, as data.
import { nativeService } from '../native-service.ts';

export const directconnectGateways = nativeService({
  key: 'directconnect-gateways',
  reconName: 'DirectConnect',
  namespaces: ['DirectConnect'],
  scope: 'global',
  home: 'us-east-1',
  arnService: 'directconnect',
  types: [
    {
      key: 'directconnect-gateways.gateway',
      reconType: 'direct_connect_gateway',
      cloudFormationType: 'AWS::DirectConnect::DirectConnectGateway',
      identifier: '{arn}',
      arn: 'arn:{partition}:directconnect::{account}:dx-gateway/{direct_connect_gateway_id}',
      actions: ['directconnect:DescribeDirectConnectGateways'],
    },
  ],
});
