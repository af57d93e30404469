// The StackSet as it is to be beside the one that is there. Pure.
import type { DesiredStackSet } from '../../contract/access/estate.ts';
import type { Difference } from '../resource-kind.ts';
import type { RollOut } from './read-roll-out.ts';

export interface RollOutComparison {
  /** Trusted access and the delegated administrator: before anything of a StackSet can be made. */
  readonly access: readonly Difference[];
  /** Of the StackSet itself. */
  readonly content: readonly Difference[];
  /** Accounts or units that have no instance yet. */
  readonly instances: readonly Difference[];
  /** Units that it has and that nobody wants. */
  readonly surplus: readonly Difference[];
}

const sameTemplate = (one: string, other: string): boolean => {
  try {
    return JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
  } catch {
    return one === other;
  }
};

const compareContent = (desired: DesiredStackSet, { live }: RollOut): Difference[] => {
  if (live === undefined) {
    return [
      { attribute: 'description', after: desired.description },
      { attribute: 'template', after: `the role ${desired.roleName}, ${desired.template.length} characters` },
      { attribute: 'autoDeployment', after: desired.autoDeployment },
    ];
  }
  const { description, template, autoDeployment } = live;
  return [
    ...(description === desired.description
      ? []
      : [{ attribute: 'description', before: description, after: desired.description }]),
    ...(sameTemplate(template, desired.template)
      ? []
      : [
          {
            attribute: 'template',
            before: `${template.length} characters`,
            after: `${desired.template.length} others`,
          },
        ]),
    // Where CloudFormation does not say, nothing is known to differ.
    ...(autoDeployment === undefined || autoDeployment === desired.autoDeployment
      ? []
      : [{ attribute: 'autoDeployment', before: autoDeployment, after: desired.autoDeployment }]),
  ];
};

const compareInstances = ({ live, reached, targets }: RollOut): Difference[] => {
  const { missing, outdated } = reached;
  const newUnits = targets.filter(unit => !(live?.organizationalUnits ?? targets).includes(unit));
  return [
    ...(live === undefined ? targets : newUnits).map(unit => ({ attribute: 'target', after: unit })),
    ...(missing.length === 0 ? [] : [{ attribute: 'accounts without the role', before: missing.length, after: 0 }]),
    ...(outdated.length === 0
      ? []
      : [{ attribute: 'accounts with another or half made', before: outdated.length, after: 0 }]),
  ];
};

export const compareRollOut = (desired: DesiredStackSet, rollOut: RollOut): RollOutComparison => ({
  access: [
    ...(rollOut.trusted ? [] : [{ attribute: 'trusted access of StackSets', before: 'off', after: 'on' }]),
    ...(rollOut.delegated ? [] : [{ attribute: 'delegated administrator', after: desired.delegatedAdministrator }]),
  ],
  content: compareContent(desired, rollOut),
  instances: compareInstances(rollOut),
  surplus: (rollOut.live?.organizationalUnits ?? [])
    .filter(unit => !rollOut.targets.includes(unit))
    .map(unit => ({ attribute: 'target', before: unit, takesAway: true as const })),
});
