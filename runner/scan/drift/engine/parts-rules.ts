// Rules of security groups, told apart by what they allow: Terraform's ids of them are hashes, or stand for several. Pure.

import { crc32 } from 'node:zlib';
import type { Members } from '../members.ts';
import type { FoundResource } from '../resources.ts';

/** What one rule of a group allows, for one source or destination. */
export interface GroupRule {
  readonly group: string;
  readonly direction: 'ingress' | 'egress';
  /** A name or a number, as Terraform and AWS write them. */
  readonly protocol: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly peer: string;
  readonly peerKind: 'cidr' | 'group';
}

const protocolNames: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
  all: '-1',
};

const plainProtocol = (text: string): string => {
  const name = text.toLowerCase();
  return protocolNames[name] ?? name;
};

const portText = (port: number | undefined): string => (port === undefined || port === -1 ? '' : String(port));

/** The same for a rule of a state and of AWS that allow the same. */
export const ruleKey = ({ group, direction, protocol, from, to, peer }: GroupRule): string => {
  const plain = plainProtocol(protocol);
  // Of all protocols the ports say nothing: 0, -1 or none.
  const ports = plain === '-1' ? '' : `${portText(from)}-${portText(to)}`;
  return `${group}|${direction}|${plain}|${ports}|${peer.toLowerCase()}`;
};

/** A number as the providers of Terraform have made of texts: an unsigned CRC-32. */
export const textHash = (text: string): number => crc32(text);

/** The id that Terraform, and driftctl after it, computes for a rule. */
export const ruleId = (rule: GroupRule): string => {
  const { group, direction, protocol, from, to, peer, peerKind } = rule;
  const ports = [from, to].filter(port => port !== undefined && port > 0).map(port => `${port}-`);
  const end = peerKind === 'group' ? `${peer}--` : `${peer}-`;
  return `sgrule-${textHash(`${group}-${ports.join('')}${protocol}-${direction}-${end}`)}`;
};

/** Rules that came with the group itself, in a default group. */
export const isRuleOfDefaultGroup = (rule: GroupRule): boolean => {
  if (plainProtocol(rule.protocol) !== '-1') return false;
  if (rule.direction === 'ingress') return rule.peer === rule.group;
  return rule.peer === '0.0.0.0/0' || rule.peer === '::/0';
};

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const textIn = (members: Members, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = members[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
};

/** A rule as DescribeSecurityGroupRules shows it, whatever digits stand in its members' names. */
export const readRule = (members: Members): GroupRule | undefined => {
  const group = textIn(members, 'group_id');
  const referenced = members['referenced_group_info'] as Members | null | undefined;
  const other = textIn(referenced ?? {}, 'group_id');
  const cidr = textIn(members, 'cidr_ipv_4', 'cidr_ipv4', 'cidr_ipv_6', 'cidr_ipv6', 'prefix_list_id');
  const peer = other ?? cidr;
  if (group === undefined || peer === undefined) return undefined;
  return {
    group,
    direction: members['is_egress'] === true ? 'egress' : 'ingress',
    protocol: textIn(members, 'ip_protocol') ?? '-1',
    from: numberOf(members['from_port']),
    to: numberOf(members['to_port']),
    peer,
    peerKind: other === undefined ? 'cidr' : 'group',
  };
};

/** A rule of the inventory with the ids by which Terraform knows it: computed, and AWS's own. */
export const identifyRule = (found: FoundResource, members: Members): FoundResource => {
  const rule = readRule(members);
  // Only the Tagging API has shown it: nothing is known but its own id.
  if (rule === undefined) return found;
  const id = ruleId(rule);
  return { ...found, id, keys: [id, ruleKey(rule), ...found.keys], partOf: rule.group };
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

interface RuleSource {
  readonly group: string;
  readonly direction: 'ingress' | 'egress';
  /** With Terraform's names: of a rule of its own, or of a block in its group. */
  readonly attributes: Members;
}

/** The rules that one of Terraform stands for: one for each source. */
export const splitRule = ({ group, direction, attributes }: RuleSource): GroupRule[] => {
  const cidrs = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids'].flatMap(name => listOf(attributes[name]));
  const groups = [
    ...listOf(attributes['security_groups']),
    ...(attributes['self'] === true ? [group] : [attributes['source_security_group_id']]),
  ];
  const rule = {
    group,
    direction,
    protocol: String(attributes['protocol'] ?? '-1'),
    from: numberOf(attributes['from_port']),
    to: numberOf(attributes['to_port']),
  };
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  return [
    ...cidrs.filter(isText).map(peer => ({ ...rule, peer, peerKind: 'cidr' as const })),
    // A group of another account is written `account/group`.
    ...groups
      .filter(isText)
      .map(name => ({ ...rule, peer: name.slice(name.indexOf('/') + 1), peerKind: 'group' as const })),
  ];
};
