// Direct Connect: its types, as data.
import { nativeService } from '../native-service.ts';

export const directconnect = nativeService({
  key: 'directconnect',
  reconName: 'DirectConnect',
  namespaces: ['DirectConnect'],
  scope: 'regional',
  types: [
    {
      key: 'directconnect.connection',
      reconType: 'connection',
      cloudFormationType: 'AWS::DirectConnect::Connection',
      identifier: '{arn}',
      arn: 'arn:{partition}:directconnect:{region}:{account}:dxcon/{connection_id}',
      actions: ['directconnect:DescribeConnections'],
    },
    {
      key: 'directconnect.lag',
      reconType: 'lag',
      cloudFormationType: 'AWS::DirectConnect::Lag',
      identifier: '{arn}',
      arn: 'arn:{partition}:directconnect:{region}:{account}:dxlag/{lag_id}',
      actions: ['directconnect:DescribeLags'],
    },
    // An ARN does not tell the three kinds of virtual interfaces apart.
    {
      key: 'directconnect.private-virtual-interface',
      reconType: 'private_virtual_interface',
      cloudFormationType: 'AWS::DirectConnect::PrivateVirtualInterface',
      identifier: '{arn}',
      arn: 'arn:{partition}:directconnect:{region}:{account}:dxvif/{virtual_interface_id}',
      actions: ['directconnect:DescribeVirtualInterfaces'],
    },
    {
      key: 'directconnect.public-virtual-interface',
      reconType: 'public_virtual_interface',
      cloudFormationType: 'AWS::DirectConnect::PublicVirtualInterface',
      identifier: '{arn}',
      arn: 'arn:{partition}:directconnect:{region}:{account}:dxvif/{virtual_interface_id}',
      actions: ['directconnect:DescribeVirtualInterfaces'],
    },
    {
      key: 'directconnect.transit-virtual-interface',
      reconType: 'transit_virtual_interface',
      cloudFormationType: 'AWS::DirectConnect::TransitVirtualInterface',
      identifier: '{arn}',
      arn: 'arn:{partition}:directconnect:{region}:{account}:dxvif/{virtual_interface_id}',
      actions: ['directconnect:DescribeVirtualInterfaces'],
    },
  ],
});
