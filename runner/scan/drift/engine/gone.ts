// What AWS still describes for hours or days after it is gone: it is there for nobody, and no state need declare it. Pure.
import type { Members } from '../members.ts';

/** Of EC2, which keeps its dead in listings: in a member `state` or `status`, as a word or under a name. */
const deadStates: ReadonlySet<string> = new Set([
  'cancelled',
  'deleted',
  'expired',
  'failed',
  'failed-deleted',
  'rejected',
  'terminated',
]);

/** Of these a failed one stands there until somebody deletes it. */
const outlivesFailure: ReadonlySet<string> = new Set(['AWS::EC2::Image', 'AWS::EC2::Snapshot', 'AWS::EC2::Volume']);

const wordOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.toLowerCase();
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, code } = value as Members;
  return [name, code].find(word => typeof word === 'string')?.toLowerCase();
};

type Gone = (members: Members) => boolean;

const isOneOf =
  (member: string, ...words: readonly string[]): Gone =>
  members =>
    words.includes(wordOf(members[member]) ?? '');

const pendingDeletion = isOneOf('key_state', 'pendingdeletion', 'pendingreplicadeletion');

const goneByType: ReadonlyMap<string, Gone> = new Map([
  ['AWS::Batch::JobDefinition', isOneOf('status', 'inactive')],
  ['AWS::ECS::Cluster', isOneOf('status', 'inactive')],
  ['AWS::ECS::Service', isOneOf('status', 'inactive')],
  ['AWS::EMR::Cluster', ({ status }) => /^terminated/i.test(String((status as Members | null)?.['state'] ?? ''))],
  ['AWS::KMS::Key', pendingDeletion],
  ['AWS::KMS::ReplicaKey', pendingDeletion],
  ['AWS::WorkSpaces::Workspace', isOneOf('state', 'terminated')],
]);

const isDeadInEc2 = (resourceType: string, { state, status }: Members): boolean =>
  [state, status].some(value => {
    const word = wordOf(value) ?? '';
    return deadStates.has(word) && !(word === 'failed' && outlivesFailure.has(resourceType));
  });

/** Whether the answer of its API says that the resource is no more. `members` with aws-recon's names. */
export const isGone = (resourceType: string, members: Members): boolean =>
  resourceType.startsWith('AWS::EC2::')
    ? isDeadInEc2(resourceType, members)
    : (goneByType.get(resourceType)?.(members) ?? false);
