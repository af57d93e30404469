// Owners: the tags that services leave on the resources that they make. A table. Pure.
import type { ResourceManager } from '../../../../contract/drift/drift-report.ts';
import type { FoundResource } from '../resources.ts';
import { type Kind, kindOf, serviceOf } from './owner-kinds.ts';

interface TagRule {
  readonly kind: Kind;
  readonly key: RegExp;
  /** What its value must be; any when left out. */
  readonly value?: RegExp;
  /** Whether the value is the name of what manages; otherwise it is what the key's group captures, if any. */
  readonly named?: boolean;
  /** CloudFormation types that alone are told so; all when left out. */
  readonly types?: RegExp;
  /** Types that carry the tag though people make them. */
  readonly except?: RegExp;
}

/** The first that matches counts: what made the resource, before what made that. */
const tagRules: readonly TagRule[] = [
  { kind: 'karpenter', key: /^karpenter\.sh\/(nodepool|provisioner-name|nodeclaim)$/, named: true },
  { kind: 'karpenter', key: /^karpenter\.k8s\.aws\/cluster$/, named: true },
  { kind: 'emr', key: /^aws:elasticmapreduce:job-flow-id$/, named: true },
  { kind: 'batch', key: /^AWSBatchServiceTag$/ },
  { kind: 'eks', key: /^(aws:)?eks:(nodegroup-name|cluster-name)$/, named: true, except: /^AWS::EKS::/ },
  { kind: 'ecs', key: /^aws:ecs:(serviceName|clusterName)$/, named: true, except: /^AWS::ECS::/ },
  // On a group it only says that a capacity provider may scale it.
  {
    kind: 'ecs',
    key: /^AmazonECS(?:Managed|Created)$/,
    types: /^AWS::(EC2::(NetworkInterface|Volume)|AutoScalingPlans::)/,
  },
  { kind: 'autoscaling', key: /^aws:autoscaling:groupName$/, named: true, except: /^AWS::AutoScaling::/ },
  { kind: 'ec2-fleet', key: /^aws:ec2:fleet-id$/, named: true, except: /^AWS::EC2::EC2Fleet$/ },
  { kind: 'spot-fleet', key: /^aws:ec2spot:fleet-request-id$/, named: true, except: /^AWS::EC2::SpotFleet$/ },
  {
    kind: 'elastic-beanstalk',
    key: /^elasticbeanstalk:environment-name$/,
    named: true,
    except: /^AWS::ElasticBeanstalk::/,
  },
  {
    kind: 'service-catalog',
    key: /^aws:servicecatalog:(provisionedProductArn|provisioningPrincipalArn)$/,
    named: true,
    except: /^AWS::ServiceCatalog::/,
  },
  { kind: 'kubernetes', key: /^elbv2\.k8s\.aws\/cluster$/, named: true },
  { kind: 'kubernetes', key: /^kubernetes\.io\/created-for\/pv\/name$/, named: true },
  {
    kind: 'kubernetes',
    key: /^kubernetes\.io\/service-name$/,
    named: true,
    types: /^AWS::(ElasticLoadBalancing|EC2::SecurityGroup)/,
  },
  // `shared` marks what people made and the cluster may use.
  {
    kind: 'kubernetes',
    key: /^kubernetes\.io\/cluster\/(.+)$/,
    value: /^owned$/,
    except: /^AWS::(EKS::|EC2::(VPC|Subnet)$)/,
  },
  { kind: 'backup', key: /^aws:backup:source-resource(-arn)?$/, named: true, except: /^AWS::Backup::/ },
  { kind: 'dlm', key: /^aws:dlm:lifecycle-policy-id$/, named: true },
  { kind: 'image-builder', key: /^Ec2ImageBuilderArn$/, named: true, except: /^AWS::ImageBuilder::/ },
  { kind: serviceOf, key: /^aws:secretsmanager:owningService$/ },
  { kind: 'elastic-disaster-recovery', key: /^AWSElasticDisasterRecoveryManaged$/ },
  { kind: 'application-migration', key: /^AWSApplicationMigrationServiceManaged$/ },
];

/** How the keys of all rules begin: most tags are people's own, and are then asked no further. */
const serviceKey = /^(aws:|eks:|karpenter\.|kubernetes\.io\/|elbv2\.|elasticbeanstalk:|AmazonECS|AWS[BEA]|Ec2Image)/;

/** By tags that a service writes on what it makes. */
export const managerByTag = (found: FoundResource): ResourceManager | undefined => {
  const tags = Object.entries(found.tags).filter(([key]) => serviceKey.test(key));
  if (tags.length === 0) return undefined;
  for (const { kind, key: form, value: wanted, named, types, except } of tagRules) {
    if (types?.test(found.resourceType) === false || except?.test(found.resourceType)) continue;
    for (const [key, value] of tags) {
      const matched = form.exec(key);
      if (matched === null || wanted?.test(value) === false) continue;
      const name = (named === true ? value : matched.at(1)) || null;
      return { kind: kindOf(kind, value), name, evidence: `tag ${key}` };
    }
  }
  return undefined;
};
