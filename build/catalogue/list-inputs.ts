// Which types of Cloud Control have to be listed below another one, and with which inputs: published names, and corrections.

/** What ListResources has to be given for a type, beside its name. */
export interface ListInput {
  /** The type whose resources are asked about one by one. */
  readonly below?: string;
  /** Names of the inputs that a resource of that type answers. */
  readonly keys?: readonly string[];
  /** Inputs with fixed values: one listing for each. */
  readonly each?: Readonly<Record<string, readonly string[]>>;
  /** The input that takes the account's own id. */
  readonly account?: string;
}

/** As published: input → the type that has it, its values, or null where neither is known. */
export type RequiredInputs = Readonly<Record<string, string | readonly string[] | null>>;

const below = (parent: string, ...keys: readonly string[]): ListInput => ({ below: parent, keys });

/** What names alone do not tell, or tell wrongly. Types that stay without an input here cannot be listed. */
const corrections: Readonly<Record<string, ListInput>> = {
  'AWS::APS::AnomalyDetector': below('AWS::APS::Workspace', 'Arn'),
  'AWS::APS::RuleGroupsNamespace': below('AWS::APS::Workspace', 'Arn'),
  'AWS::ApiGateway::BasePathMappingV2': below('AWS::ApiGateway::DomainNameV2', 'DomainNameArn'),
  'AWS::ApiGatewayV2::RoutingRule': below('AWS::ApiGateway::DomainName', 'DomainNameArn'),
  'AWS::AppStream::StackUserAssociation': below('AWS::AppStream::Stack', 'StackName'),
  'AWS::AppSync::DataSource': below('AWS::AppSync::GraphQLApi', 'ApiId'),
  'AWS::AppSync::FunctionConfiguration': below('AWS::AppSync::GraphQLApi', 'ApiId'),
  'AWS::BedrockAgentCore::RuntimeEndpoint': below('AWS::BedrockAgentCore::Runtime', 'AgentRuntimeId'),
  'AWS::Connect::PhoneNumber': below('AWS::Connect::Instance', 'TargetArn'),
  'AWS::Connect::DataTableAttribute': below('AWS::Connect::DataTable', 'InstanceArn', 'DataTableArn'),
  'AWS::Connect::DataTableRecord': below('AWS::Connect::DataTable', 'InstanceArn', 'DataTableArn'),
  'AWS::DataZone::Environment': below('AWS::DataZone::Project', 'DomainIdentifier', 'ProjectIdentifier'),
  'AWS::DataZone::EnvironmentActions': below('AWS::DataZone::Environment', 'DomainIdentifier', 'EnvironmentIdentifier'),
  'AWS::DataZone::ProjectMembership': below('AWS::DataZone::Project', 'DomainIdentifier', 'ProjectIdentifier'),
  'AWS::DataZone::Owner': {},
  'AWS::Deadline::QueueEnvironment': below('AWS::Deadline::Queue', 'FarmId', 'QueueId'),
  'AWS::DirectConnect::DirectConnectGatewayAssociation': below(
    'AWS::DirectConnect::DirectConnectGateway',
    'DirectConnectGatewayId',
  ),
  'AWS::EC2::IPAMAllocation': below('AWS::EC2::IPAMPool', 'IpamPoolId'),
  'AWS::EC2::IPAMPoolCidr': below('AWS::EC2::IPAMPool', 'IpamPoolId'),
  'AWS::EC2::VPCCidrBlock': below('AWS::EC2::VPC', 'VpcId'),
  'AWS::IdentityStore::Group': below('AWS::SSO::Instance', 'IdentityStoreId'),
  'AWS::IdentityStore::GroupMembership': below('AWS::IdentityStore::Group', 'IdentityStoreId', 'GroupId'),
  'AWS::IoT::SoftwarePackageVersion': below('AWS::IoT::SoftwarePackage', 'PackageName'),
  'AWS::Lambda::Url': below('AWS::Lambda::Function', 'TargetFunctionArn'),
  'AWS::OpenSearchServerless::Index': below('AWS::OpenSearchServerless::Collection', 'CollectionEndpoint'),
  'AWS::QBusiness::DataSource': below('AWS::QBusiness::Index', 'ApplicationId', 'IndexId'),
  'AWS::QLDB::Stream': below('AWS::QLDB::Ledger', 'LedgerName'),
  'AWS::QuickSight::RefreshSchedule': { ...below('AWS::QuickSight::DataSet', 'DataSetId'), account: 'AwsAccountId' },
  'AWS::RTBFabric::Link': below('AWS::RTBFabric::RequesterGateway', 'GatewayId'),
  'AWS::S3Vectors::Index': below('AWS::S3Vectors::VectorBucket', 'VectorBucketArn'),
  'AWS::StepFunctions::StateMachineAlias': below('AWS::StepFunctions::StateMachine', 'StateMachineArn'),
  'AWS::StepFunctions::StateMachineVersion': below('AWS::StepFunctions::StateMachine', 'StateMachineArn'),
};

const suffix = /(Identifier|Id|Arn|ARN|Name)$/;

/** `AWS::Connect::Instance` for `InstanceArn`: the type of the same service that an input is named after. */
const namesake = (type: string, input: string, known: ReadonlySet<string>): string | undefined => {
  const namespace = type.split('::')[1];
  const stem = input.replace(suffix, '');
  return [`AWS::${namespace}::${stem}`, `AWS::${namespace}::${input}`].find(each => each !== type && known.has(each));
};

/**
 * The inputs of a type; undefined when one of them is known to nobody. Of several parents the last is asked: the lower
 * one, whose resources carry the names of those above.
 */
export const inputsOf = (type: string, required: RequiredInputs, known: ReadonlySet<string>): ListInput | undefined => {
  const corrected = corrections[type];
  if (corrected !== undefined) return Object.keys(corrected).length === 0 ? undefined : corrected;
  const keys: string[] = [];
  const each: Record<string, readonly string[]> = {};
  let parent: string | undefined;
  let account: string | undefined;
  for (const [input, published] of Object.entries(required)) {
    if (input === 'AwsAccountId') {
      account = input;
    } else if (Array.isArray(published)) {
      each[input] = published;
    } else {
      const found = namesake(type, input, known) ?? (published as string | null) ?? undefined;
      if (found === undefined || !known.has(found)) return undefined;
      parent = found;
      keys.push(input);
    }
  }
  return {
    ...(parent === undefined ? {} : { below: parent, keys }),
    ...(Object.keys(each).length === 0 ? {} : { each }),
    ...(account === undefined ? {} : { account }),
  };
};
