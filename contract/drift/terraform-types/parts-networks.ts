// Parts of networks and of EC2 that Terraform keeps as resources of their own, and settings of EC2.
import { named, ofAccount, type PartRow, setting, told, untold } from './part-row.ts';

export const networkParts: Readonly<Record<string, PartRow>> = {
  aws_route: named(
    'EC2::Route',
    told(
      'EC2::RouteTable',
      '{route_table_id}',
      '{route_table_id}|{destination_cidr_block}',
      '{route_table_id}|{destination_ipv6_cidr_block}',
      '{route_table_id}|{destination_prefix_list_id}',
    ),
  ),
  aws_route_table_association: named(
    'EC2::SubnetRouteTableAssociation',
    told('EC2::RouteTable', '{route_table_id}', '{id}'),
  ),
  aws_main_route_table_association: told('EC2::RouteTable', '{route_table_id}', '{id}'),
  aws_vpn_gateway_route_propagation: told('EC2::RouteTable', '{route_table_id}', '{vpn_gateway_id}|{route_table_id}'),
  aws_eip_association: named('EC2::EIPAssociation', told('EC2::EIP', '{allocation_id}', '{id}')),
  aws_network_acl_rule: named(
    'EC2::NetworkAclEntry',
    told('EC2::NetworkAcl', '{network_acl_id}', '{network_acl_id}|{rule_number}|{egress}'),
  ),
  aws_network_acl_association: named(
    'EC2::SubnetNetworkAclAssociation',
    told('EC2::NetworkAcl', '{network_acl_id}', '{id}'),
  ),
  aws_internet_gateway_attachment: named(
    'EC2::VPCGatewayAttachment',
    told('EC2::InternetGateway', '{internet_gateway_id}', '{internet_gateway_id}|{vpc_id}'),
  ),
  aws_vpn_gateway_attachment: named(
    'EC2::VPCGatewayAttachment',
    told('EC2::VPNGateway', '{vpn_gateway_id}', '{vpn_gateway_id}|{vpc_id}'),
  ),
  aws_volume_attachment: named(
    'EC2::VolumeAttachment',
    told('EC2::Volume', '{volume_id}', '{volume_id}|{instance_id}'),
  ),
  aws_security_group_rule: named(
    'EC2::SecurityGroupRule',
    told('EC2::SecurityGroup', '{security_group_id}', '{security_group_rule_id}'),
  ),
  aws_vpc_security_group_egress_rule: named(
    'EC2::SecurityGroupRule',
    told('EC2::SecurityGroup', '{security_group_id}', '{security_group_rule_id}', '{id}'),
  ),
  aws_vpc_security_group_ingress_rule: named(
    'EC2::SecurityGroupRule',
    told('EC2::SecurityGroup', '{security_group_id}', '{security_group_rule_id}', '{id}'),
  ),
  aws_vpc_endpoint_route_table_association: told(
    'EC2::VPCEndpoint',
    '{vpc_endpoint_id}',
    '{vpc_endpoint_id}|{route_table_id}',
  ),
  aws_vpc_endpoint_security_group_association: told(
    'EC2::VPCEndpoint',
    '{vpc_endpoint_id}',
    '{vpc_endpoint_id}|{security_group_id}',
  ),
  aws_vpc_endpoint_subnet_association: told('EC2::VPCEndpoint', '{vpc_endpoint_id}', '{vpc_endpoint_id}|{subnet_id}'),
  aws_vpc_endpoint_policy: setting('EC2::VPCEndpoint', '{vpc_endpoint_id}'),
  aws_vpc_endpoint_service_allowed_principal: untold('EC2::VPCEndpointService', '{vpc_endpoint_service_id}'),
  aws_vpc_peering_connection_options: setting('EC2::VPCPeeringConnection', '{vpc_peering_connection_id}'),
  aws_network_interface_sg_attachment: untold('EC2::NetworkInterface', '{network_interface_id}'),
  aws_ec2_client_vpn_authorization_rule: untold('EC2::ClientVpnEndpoint', '{client_vpn_endpoint_id}'),
  aws_ec2_client_vpn_network_association: untold('EC2::ClientVpnEndpoint', '{client_vpn_endpoint_id}'),
  aws_ec2_client_vpn_route: untold('EC2::ClientVpnEndpoint', '{client_vpn_endpoint_id}'),
  aws_ec2_managed_prefix_list_entry: untold('EC2::PrefixList', '{prefix_list_id}'),
  aws_ec2_instance_state: setting('EC2::Instance', '{instance_id}'),
  aws_ami_launch_permission: untold('EC2::Image', '{image_id}'),
  aws_snapshot_create_volume_permission: untold('EC2::Snapshot', '{snapshot_id}'),
  aws_ebs_encryption_by_default: ofAccount('EC2::Volume'),
  aws_ebs_default_kms_key: ofAccount('EC2::Volume'),
  aws_ebs_snapshot_block_public_access: ofAccount('EC2::Snapshot'),
  aws_ec2_image_block_public_access: ofAccount('EC2::Image'),
  aws_ec2_instance_metadata_defaults: ofAccount('EC2::Instance'),
  aws_ec2_serial_console_access: ofAccount('EC2::Instance'),
};
