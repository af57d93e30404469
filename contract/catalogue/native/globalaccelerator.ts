// Global Accelerator: its types, as data.
import { nativeService } from '../native-service.ts';

export const globalaccelerator = nativeService({
  key: 'globalaccelerator',
  reconName: 'GlobalAccelerator',
  namespaces: ['GlobalAccelerator'],
  scope: 'global',
  home: 'us-west-2',
  types: [
    // CloudFormation knows it by its ARN. Written out with {name}, this fits no ARN of what lies below.
    {
      key: 'globalaccelerator.accelerator',
      reconType: 'accelerator',
      cloudFormationType: 'AWS::GlobalAccelerator::Accelerator',
      identifier: 'arn:{partition}:globalaccelerator::{account}:accelerator/{name}',
      arn: '{accelerator_arn}',
      arnPrefix: 'accelerator/',
      actions: ['globalaccelerator:ListAccelerators', 'globalaccelerator:ListCustomRoutingAccelerators'],
    },
    {
      key: 'globalaccelerator.listener',
      reconType: 'listener',
      cloudFormationType: 'AWS::GlobalAccelerator::Listener',
      identifier: 'arn:{partition}:globalaccelerator::{account}:accelerator/{parent}/listener/{name}',
      arn: '{listener_arn}',
      arnPrefix: 'accelerator/*/listener/',
      actions: ['globalaccelerator:ListAccelerators', 'globalaccelerator:ListListeners'],
    },
    // A prefix has one star; the ARN of a listener has one name after it, which tells the two apart.
    {
      key: 'globalaccelerator.endpoint-group',
      reconType: 'endpoint_group',
      cloudFormationType: 'AWS::GlobalAccelerator::EndpointGroup',
      identifier: '{arn}',
      arn: 'arn:{partition}:globalaccelerator::{account}:accelerator/{accelerator_id}/listener/{listener_id}/endpoint-group/{endpoint_group_id}',
      arnPrefix: 'accelerator/*/listener/',
      actions: [
        'globalaccelerator:ListAccelerators',
        'globalaccelerator:ListListeners',
        'globalaccelerator:ListEndpointGroups',
      ],
    },
    {
      key: 'globalaccelerator.cross-account-attachment',
      reconType: 'cross_account_attachment',
      cloudFormationType: 'AWS::GlobalAccelerator::CrossAccountAttachment',
      identifier: '{arn}',
      arn: '{attachment_arn}',
      arnPrefix: 'attachment/',
      actions: ['globalaccelerator:ListCrossAccountAttachments'],
    },
  ],
});
