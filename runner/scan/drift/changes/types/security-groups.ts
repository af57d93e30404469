// Compared by attribute: security groups, their rules, and network ACLs.
import { isMembers, type Members } from '../../members.ts';
import { type ComparedType, compared, each, memberOf, told } from '../comparison.ts';
import { type Form, foldedText, inOrder, number, setOf, text } from '../forms.ts';

const protocolNames: Readonly<Record<string, string>> = {
  all: '-1',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

const protocolOf = (value: unknown): string => {
  const name = String(value ?? '-1').toLowerCase();
  return protocolNames[name] ?? name;
};

/** A rule for one source or target. All ports are written in several ways where the protocol is any. */
const atom = (rule: Members, peer: string): Members => {
  const protocol = protocolOf(rule['protocol']);
  const isAny = protocol === '-1';
  return {
    protocol,
    from_port: isAny ? 0 : Number(rule['from_port'] ?? 0),
    to_port: isAny ? 0 : Number(rule['to_port'] ?? 0),
    peer: peer.toLowerCase(),
    description: String(rule['description'] ?? ''),
  };
};

/** Of another account's group, states have `111122223333/sg-1`. */
const groupId = (value: unknown): string => String(value).split('/').at(-1) ?? '';

const lists = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids'] as const;

/** A block of a state, which holds many sources at once. */
const declaredAtoms = (rule: Members): Members[] => {
  const listed = (name: string): unknown[] => (Array.isArray(rule[name]) ? rule[name] : []);
  const peers = [
    ...lists.flatMap(name => listed(name).map(String)),
    ...listed('security_groups').map(groupId),
    ...(rule['self'] === true ? ['self'] : []),
  ];
  return inOrder(peers).map(peer => atom(rule, peer));
};

/** Both sides are cut into rules for one source each; which of them stand in one block is nobody's. */
const rules: Form = setOf(rule => ('peer' in rule ? rule : declaredAtoms(rule)));

const peersOf = (permission: Members, own: string): { peer: string; description: unknown }[] => {
  const ranges = (path: string, name: string) => {
    const list = memberOf(permission, path);
    return (Array.isArray(list) ? list : [])
      .filter(isMembers)
      .map(range => ({ peer: String(range[name] ?? ''), description: range['description'] }));
  };
  return [
    ...ranges('ip_ranges', 'cidr_ip'),
    ...ranges('ipv_6_ranges', 'cidr_ipv_6'),
    ...ranges('prefix_list_ids', 'prefix_list_id'),
    ...ranges('user_id_group_pairs', 'group_id').map(pair => (pair.peer === own ? { ...pair, peer: 'self' } : pair)),
  ];
};

const permissions = (name: string) => {
  const read = told(name);
  return (facts: Parameters<typeof read>[0]) => {
    const listed = read(facts);
    if (!Array.isArray(listed)) return undefined;
    const own = String(facts.description['group_id'] ?? '');
    return listed
      .filter(isMembers)
      .flatMap(permission =>
        peersOf(permission, own).map(({ peer, description }) =>
          atom({ ...permission, protocol: permission['ip_protocol'], description }, peer),
        ),
      );
  };
};

const inline = [
  compared('ingress', rules, permissions('IpPermissions')),
  compared('egress', rules, permissions('IpPermissionsEgress')),
];

const portsMatter = ({ declared }: { readonly declared: Members }) => protocolOf(declared['ip_protocol']) !== '-1';
const protocol: Form = { canonical: value => (value === null ? null : protocolOf(value)) };
const group: Form = { canonical: value => (value === null ? null : groupId(value)) };

const aclEntry = (entry: Members): Members => {
  const ports = isMembers(entry['port_range']) ? entry['port_range'] : {};
  const name = protocolOf(entry['protocol']);
  const isAny = name === '-1';
  return {
    rule_no: Number(entry['rule_no'] ?? entry['rule_number']),
    action: String(entry['action'] ?? entry['rule_action']).toLowerCase(),
    protocol: name,
    from_port: isAny ? 0 : Number(entry['from_port'] ?? ports['from'] ?? 0),
    to_port: isAny ? 0 : Number(entry['to_port'] ?? ports['to'] ?? 0),
    cidr: String(entry['cidr_block'] || entry['ipv6_cidr_block'] || entry['ipv_6_cidr_block'] || ''),
  };
};

/** The last rule of every list, which AWS writes itself and nobody can change. */
const lastEntry = 32_767;

const aclEntries = (egress: boolean) => {
  const read = told('Entries');
  return (facts: Parameters<typeof read>[0]) => {
    const entries = read(facts);
    if (!Array.isArray(entries)) return undefined;
    return entries
      .filter(isMembers)
      .filter(entry => entry['egress'] === egress && Number(entry['rule_number']) < lastEntry);
  };
};

export const securityGroupTypes: readonly ComparedType[] = [
  {
    types: ['aws_security_group'],
    witness: 'GroupId',
    tags: 'listed',
    comparisons: [...each(text, told, { description: 'Description', name: 'GroupName' }), ...inline],
  },
  { types: ['aws_default_security_group'], witness: 'GroupId', tags: 'listed', comparisons: inline },
  {
    types: ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
    witness: 'SecurityGroupRuleId',
    tags: 'listed',
    comparisons: [
      compared('ip_protocol', protocol, told('IpProtocol')),
      compared('from_port', number, told('FromPort'), { when: portsMatter }),
      compared('to_port', number, told('ToPort'), { when: portsMatter }),
      compared('cidr_ipv4', text, told('CidrIpv4', null)),
      compared('cidr_ipv6', foldedText, told('CidrIpv6', null)),
      compared('prefix_list_id', text, told('PrefixListId', null)),
      compared('referenced_security_group_id', group, told('ReferencedGroupInfo.GroupId', null)),
      compared('description', text, told('Description', null)),
    ],
  },
  {
    // Found by what it allows, so that this alone is left to differ.
    types: ['aws_security_group_rule'],
    witness: 'SecurityGroupRuleId',
    comparisons: [compared('description', text, told('Description', null))],
  },
  {
    types: ['aws_network_acl', 'aws_default_network_acl'],
    witness: 'NetworkAclId',
    tags: 'listed',
    comparisons: [
      compared('ingress', setOf(aclEntry), aclEntries(false)),
      compared('egress', setOf(aclEntry), aclEntries(true)),
    ],
  },
];
