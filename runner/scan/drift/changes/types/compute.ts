// Compared by attribute: functions, containers, and the load balancers before them.
import { isMembers } from '../../members.ts';
import { asked, type ComparedType, compared, each, mapped, type Read, told } from '../comparison.ts';
import { flag, foldedText, number, text, textList, textMap, textSet } from '../forms.ts';
import { policy } from '../policy-form.ts';

const lambdaFunction: ComparedType = {
  types: ['aws_lambda_function'],
  witness: 'FunctionArn',
  tags: 'asked',
  comparisons: [
    ...each(text, told, { handler: 'Handler', runtime: 'Runtime', role: 'Role', package_type: 'PackageType' }),
    compared('description', text, told('Description', null), { empty: null }),
    ...each(number, told, {
      memory_size: 'MemorySize',
      timeout: 'Timeout',
      'ephemeral_storage.0.size': 'EphemeralStorage.Size',
    }),
    compared('layers', textList, told('Layers[].Arn', []), { empty: [] }),
    compared('architectures', textList, told('Architectures')),
    compared('kms_key_arn', text, told('KMSKeyArn', null), { empty: null }),
    compared('code_sha256', text, told('CodeSha256')),
    // From provider 5 on this is what the settings say, and the other what AWS does.
    compared('source_code_hash', text, told('CodeSha256'), {
      when: ({ declared }) => !Object.hasOwn(declared, 'code_sha256'),
    }),
    compared('vpc_config.0.subnet_ids', textSet, told('VpcConfig.SubnetIds', []), { empty: [] }),
    compared('vpc_config.0.security_group_ids', textSet, told('VpcConfig.SecurityGroupIds', []), { empty: [] }),
    compared('tracing_config.0.mode', text, told('TracingConfig.Mode')),
    compared('dead_letter_config.0.target_arn', text, told('DeadLetterConfig.TargetArn', null), { empty: null }),
    compared('environment.0.variables', textMap, asked('Environment.Variables', {}), { secret: true, empty: {} }),
    compared('reserved_concurrent_executions', number, asked('ReservedConcurrentExecutions', -1)),
  ],
};

const logTypes: Read = mapped(told('logging.clusterLogging'), value => {
  const setups = Array.isArray(value) ? value.filter(isMembers).filter(({ enabled }) => enabled === true) : [];
  return setups.flatMap(({ types }) => (Array.isArray(types) ? types : []));
});

/** Names of its attributes have dots of their own. */
const balancerAttribute =
  (name: string): Read =>
  ({ values: { Attributes: attributes } }) =>
    isMembers(attributes) ? attributes[name] : undefined;

const loadBalancer: ComparedType = {
  types: ['aws_lb', 'aws_alb'],
  witness: 'LoadBalancerArn',
  tags: 'asked',
  comparisons: [
    compared(
      'internal',
      flag,
      mapped(told('Scheme'), scheme => scheme === 'internal'),
    ),
    compared('ip_address_type', foldedText, told('IpAddressType')),
    compared('security_groups', textSet, told('SecurityGroups')),
    compared('subnets', textSet, told('AvailabilityZones[].SubnetId')),
    compared('idle_timeout', number, balancerAttribute('idle_timeout.timeout_seconds')),
    compared('drop_invalid_header_fields', flag, balancerAttribute('routing.http.drop_invalid_header_fields.enabled')),
    compared('enable_deletion_protection', flag, balancerAttribute('deletion_protection.enabled')),
  ],
};

export const computeTypes: readonly ComparedType[] = [
  lambdaFunction,
  {
    types: ['aws_lambda_alias'],
    witness: 'AliasArn',
    comparisons: each(text, told, { function_version: 'FunctionVersion', description: 'Description' }),
  },
  {
    types: ['aws_lambda_event_source_mapping'],
    witness: 'UUID',
    comparisons: [
      compared('batch_size', number, told('BatchSize')),
      compared(
        'enabled',
        flag,
        mapped(told('State'), state => /^(Enabl|Updat|Creat)/.test(String(state))),
      ),
    ],
  },
  {
    types: ['aws_ecr_repository'],
    witness: 'repositoryArn',
    tags: 'asked',
    comparisons: [
      compared('image_tag_mutability', text, told('imageTagMutability')),
      compared('image_scanning_configuration.0.scan_on_push', flag, told('imageScanningConfiguration.scanOnPush')),
      compared('encryption_configuration.0.encryption_type', text, told('encryptionConfiguration.encryptionType')),
    ],
  },
  { types: ['aws_ecr_repository_policy'], comparisons: [compared('policy', policy, asked('Policy'))] },
  {
    types: ['aws_eks_cluster'],
    witness: 'version',
    tags: 'listed',
    comparisons: [
      ...each(text, told, { version: 'version', role_arn: 'roleArn' }),
      ...each(flag, told, {
        'vpc_config.0.endpoint_public_access': 'resourcesVpcConfig.endpointPublicAccess',
        'vpc_config.0.endpoint_private_access': 'resourcesVpcConfig.endpointPrivateAccess',
        deletion_protection: 'deletionProtection',
      }),
      ...each(textSet, told, {
        'vpc_config.0.public_access_cidrs': 'resourcesVpcConfig.publicAccessCidrs',
        'vpc_config.0.subnet_ids': 'resourcesVpcConfig.subnetIds',
      }),
      compared('vpc_config.0.security_group_ids', textSet, told('resourcesVpcConfig.securityGroupIds', []), {
        empty: [],
      }),
      compared('enabled_cluster_log_types', textSet, logTypes, { empty: [] }),
    ],
  },
  {
    types: ['aws_eks_node_group'],
    witness: 'nodegroupArn',
    tags: 'listed',
    comparisons: [
      ...each(text, told, {
        version: 'version',
        ami_type: 'amiType',
        capacity_type: 'capacityType',
        node_role_arn: 'nodeRole',
      }),
      // How many there are just now is the autoscaler's.
      ...each(number, told, {
        'scaling_config.0.min_size': 'scalingConfig.minSize',
        'scaling_config.0.max_size': 'scalingConfig.maxSize',
        disk_size: 'diskSize',
      }),
      compared('instance_types', textList, told('instanceTypes')),
    ],
  },
  loadBalancer,
  {
    types: ['aws_lb_listener', 'aws_alb_listener'],
    witness: 'ListenerArn',
    tags: 'asked',
    comparisons: [
      compared('port', number, told('Port')),
      compared('protocol', text, told('Protocol')),
      compared('ssl_policy', text, told('SslPolicy', null)),
      compared('certificate_arn', text, told('Certificates.0.CertificateArn', null), { empty: null }),
    ],
  },
  {
    types: ['aws_lb_target_group', 'aws_alb_target_group'],
    witness: 'TargetGroupArn',
    tags: 'asked',
    comparisons: [
      ...each(number, told, {
        port: 'Port',
        'health_check.0.interval': 'HealthCheckIntervalSeconds',
        'health_check.0.timeout': 'HealthCheckTimeoutSeconds',
        'health_check.0.healthy_threshold': 'HealthyThresholdCount',
        'health_check.0.unhealthy_threshold': 'UnhealthyThresholdCount',
      }),
      ...each(text, told, {
        protocol: 'Protocol',
        target_type: 'TargetType',
        'health_check.0.path': 'HealthCheckPath',
        'health_check.0.port': 'HealthCheckPort',
        'health_check.0.protocol': 'HealthCheckProtocol',
        'health_check.0.matcher': 'Matcher.HttpCode',
      }),
      compared('health_check.0.enabled', flag, told('HealthCheckEnabled')),
    ],
  },
];
