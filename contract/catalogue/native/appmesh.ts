// App Mesh: its types, as data.
import { nativeService } from '../native-service.ts';

export const appmesh = nativeService({
  key: 'appmesh',
  reconName: 'AppMesh',
  namespaces: ['AppMesh'],
  scope: 'regional',
  types: [
    // CloudFormation knows the types of App Mesh by their ARNs. Written out with {name}, this fits no ARN of what lies below.
    {
      key: 'appmesh.mesh',
      reconType: 'mesh',
      cloudFormationType: 'AWS::AppMesh::Mesh',
      identifier: 'arn:{partition}:appmesh:{region}:{account}:mesh/{name}',
      arn: '{arn}',
      arnPrefix: 'mesh/',
      actions: ['appmesh:ListMeshes'],
    },
    {
      key: 'appmesh.virtual-service',
      reconType: 'virtual_service',
      cloudFormationType: 'AWS::AppMesh::VirtualService',
      identifier: 'arn:{partition}:appmesh:{region}:{account}:mesh/{parent}/virtualService/{name}',
      arn: '{arn}',
      arnPrefix: 'mesh/*/virtualService/',
      actions: ['appmesh:ListMeshes', 'appmesh:ListVirtualServices'],
    },
    {
      key: 'appmesh.virtual-node',
      reconType: 'virtual_node',
      cloudFormationType: 'AWS::AppMesh::VirtualNode',
      identifier: 'arn:{partition}:appmesh:{region}:{account}:mesh/{parent}/virtualNode/{name}',
      arn: '{arn}',
      arnPrefix: 'mesh/*/virtualNode/',
      actions: ['appmesh:ListMeshes', 'appmesh:ListVirtualNodes'],
    },
    {
      key: 'appmesh.virtual-router',
      reconType: 'virtual_router',
      cloudFormationType: 'AWS::AppMesh::VirtualRouter',
      identifier: 'arn:{partition}:appmesh:{region}:{account}:mesh/{parent}/virtualRouter/{name}',
      arn: '{arn}',
      arnPrefix: 'mesh/*/virtualRouter/',
      actions: ['appmesh:ListMeshes', 'appmesh:ListVirtualRouters'],
    },
    {
      key: 'appmesh.virtual-gateway',
      reconType: 'virtual_gateway',
      cloudFormationType: 'AWS::AppMesh::VirtualGateway',
      identifier: 'arn:{partition}:appmesh:{region}:{account}:mesh/{parent}/virtualGateway/{name}',
      arn: '{arn}',
      arnPrefix: 'mesh/*/virtualGateway/',
      actions: ['appmesh:ListMeshes', 'appmesh:ListVirtualGateways'],
    },
  ],
});
