// Seeds of what leads traffic: load balancers, firewalls and names.
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateLoadBalancerCommand as ClassicCreateLoadBalancerCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateFirewallCommand, NetworkFirewallClient } from '@aws-sdk/client-network-firewall';
import {
  CreateHttpNamespaceCommand,
  CreatePrivateDnsNamespaceCommand,
  CreatePublicDnsNamespaceCommand,
  CreateServiceCommand,
  ListNamespacesCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import type { Seed, SeedPlace } from './seed.ts';

const makeVpc = async ({ configuration, region }: SeedPlace) => {
  const ec2 = new EC2Client(configuration);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.7.0.0/16' }));
  const VpcId = Vpc?.VpcId;
  const subnets = ['a', 'b'].map(async (zone, index) => {
    const place = { AvailabilityZone: `${region}${zone}`, CidrBlock: `10.7.${index}.0/24` };
    return (await ec2.send(new CreateSubnetCommand({ VpcId, ...place }))).Subnet?.SubnetId ?? '';
  });
  return { VpcId, SubnetIds: await Promise.all(subnets) };
};

const classic: Seed = {
  types: ['elb.load-balancer'],
  create: async ({ configuration, region, account }) => {
    const LoadBalancerName = 'seeded';
    await new ElasticLoadBalancingClient(configuration).send(
      new ClassicCreateLoadBalancerCommand({
        LoadBalancerName,
        AvailabilityZones: [`${region}a`],
        Listeners: [{ Protocol: 'http', LoadBalancerPort: 80, InstancePort: 80 }],
      }),
    );
    return [`arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${LoadBalancerName}`];
  },
};

const balancers: Seed = {
  types: ['elbv2.load-balancer', 'elbv2.listener', 'elbv2.listener-rule', 'elbv2.target-group'],
  create: async place => {
    const client = new ElasticLoadBalancingV2Client(place.configuration);
    const { VpcId, SubnetIds } = await makeVpc(place);
    const made = await client.send(new CreateLoadBalancerCommand({ Name: 'seeded', Subnets: SubnetIds }));
    const LoadBalancerArn = made.LoadBalancers?.[0]?.LoadBalancerArn;
    const groups = await client.send(
      new CreateTargetGroupCommand({ Name: 'seeded', Protocol: 'HTTP', Port: 80, VpcId }),
    );
    const TargetGroupArn = groups.TargetGroups?.[0]?.TargetGroupArn;
    const forward = [{ Type: 'forward' as const, TargetGroupArn }];
    const listeners = await client.send(
      new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: forward }),
    );
    const ListenerArn = listeners.Listeners?.[0]?.ListenerArn;
    const rules = await client.send(
      new CreateRuleCommand({
        ListenerArn,
        Priority: 1,
        Conditions: [{ Field: 'path-pattern', Values: ['/a'] }],
        Actions: forward,
      }),
    );
    return [LoadBalancerArn, TargetGroupArn, ListenerArn, rules.Rules?.[0]?.RuleArn];
  },
};

const firewalls: Seed = {
  types: ['network-firewall.firewall'],
  create: async place => {
    const { VpcId, SubnetIds } = await makeVpc(place);
    const { Firewall } = await new NetworkFirewallClient(place.configuration).send(
      new CreateFirewallCommand({
        FirewallName: 'seeded',
        FirewallPolicyArn: `arn:aws:network-firewall:${place.region}:${place.account}:firewall-policy/seeded`,
        VpcId,
        SubnetMappings: SubnetIds.map(SubnetId => ({ SubnetId })),
      }),
    );
    return [Firewall?.FirewallArn];
  },
};

const namespaces: Seed = {
  types: ['http-namespace', 'private-dns-namespace', 'public-dns-namespace', 'service'].map(
    kind => `servicediscovery.${kind}`,
  ),
  create: async place => {
    const client = new ServiceDiscoveryClient(place.configuration);
    const { VpcId } = await makeVpc(place);
    await client.send(new CreateHttpNamespaceCommand({ Name: 'http' }));
    await client.send(new CreatePrivateDnsNamespaceCommand({ Name: 'private.example', Vpc: VpcId }));
    await client.send(new CreatePublicDnsNamespaceCommand({ Name: 'public.example' }));
    const { Namespaces = [] } = await client.send(new ListNamespacesCommand({}));
    const NamespaceId = Namespaces.find(({ Type }) => Type === 'HTTP')?.Id;
    const { Service } = await client.send(new CreateServiceCommand({ Name: 'seeded', NamespaceId }));
    return [...Namespaces.map(({ Arn }) => Arn), Service?.Arn];
  },
};

export const trafficSeeds: readonly Seed[] = [classic, balancers, firewalls, namespaces];
