// Instances of a state that stand for several resources of AWS: rules with many sources, attachments and memberships of many. Pure.

import { terraformType } from '../../../../contract/drift/terraform-types.ts';
import type { Members } from '../members.ts';
import type { DeclaredResource } from '../resources.ts';
import { type Claim, isText, textsIn } from './parts-claim.ts';
import { type GroupRule, ruleId, ruleKey, splitRule } from './parts-rules.ts';

interface Member {
  readonly id: string;
  readonly keys: readonly string[];
  readonly attributes: Members;
}

/** A claim of a declaration that stands for several resources: the same source and type for each of them. */
const memberOf = (declared: DeclaredResource, family: string, member: Member): Claim => ({
  declared: { ...declared, id: member.id, attributes: { ...declared.attributes, ...member.attributes } },
  row: terraformType(family),
  keys: member.keys,
});

const ruleOf = (declared: DeclaredResource, rule: GroupRule, alone: boolean): Claim => {
  const keys = [ruleKey(rule)];
  const row = terraformType(declared.type);
  // By what it allows alone: under AWS's id a rule that was changed in place would pass for the one that was declared.
  if (alone) return { declared, row, keys };
  const none = {
    cidr_blocks: [],
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    self: false,
    source_security_group_id: '',
  };
  const list = rule.peer.startsWith('pl-')
    ? 'prefix_list_ids'
    : rule.peer.includes(':')
      ? 'ipv6_cidr_blocks'
      : 'cidr_blocks';
  const own =
    rule.peerKind === 'group'
      ? { self: rule.peer === rule.group, source_security_group_id: rule.peer }
      : { [list]: [rule.peer] };
  return memberOf(declared, declared.type, { id: ruleId(rule), keys, attributes: { ...none, ...own } });
};

type Several = (declared: DeclaredResource) => Claim[] | undefined;

const securityGroupRules: Several = declared => {
  const { security_group_id: group, type } = declared.attributes;
  const direction = type === 'egress' ? 'egress' : 'ingress';
  const rules = isText(group) ? splitRule({ group, direction, attributes: declared.attributes }) : [];
  return rules.length === 0 ? undefined : rules.map(rule => ruleOf(declared, rule, rules.length === 1));
};

const policyAttachments: Several = declared => {
  const arn = declared.attributes['policy_arn'];
  if (!isText(arn)) return undefined;
  return (['user', 'role', 'group'] as const).flatMap(kind =>
    textsIn(declared.attributes, `${kind}s`).map(name =>
      memberOf(declared, `aws_iam_${kind}_policy_attachment`, {
        id: `${name}-${arn}`,
        keys: [`${name}|${arn}`],
        attributes: { [kind]: name },
      }),
    ),
  );
};

const memberships: Several = declared => {
  const { user, group } = declared.attributes;
  const pairs = [
    ...textsIn(declared.attributes, 'groups').map(name => [user, name]),
    ...textsIn(declared.attributes, 'users').map(name => [name, group]),
  ];
  return pairs.map(([one, other]) =>
    memberOf(declared, 'aws_iam_user_group_membership', {
      id: `${one}/${other}`,
      keys: [`${one}|${other}`],
      attributes: { user: one, group: other },
    }),
  );
};

/** Types of which one instance may stand for several resources, or for none; undefined when it stands for itself. */
export const severalOf: Readonly<Record<string, Several>> = {
  aws_iam_group_membership: memberships,
  aws_iam_policy_attachment: policyAttachments,
  aws_iam_user_group_membership: memberships,
  aws_security_group_rule: securityGroupRules,
};
