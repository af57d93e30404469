// What the runners' own identity answered → checks: of the identity, the images, every account, and the bucket. Pure.
import type { ContainerSight } from '../../clients/kubernetes/container-sights.ts';
import { errorCatalogue } from '../../contract/error-catalogue.ts';
import { parseContainerMessage } from '../../contract/outcome.ts';
import { type Check, type CheckFacts, failed, notChecked, passed } from '../../contract/preflight.ts';
import type { PartEnd, RunnersEnd } from './ask-runners.ts';

export interface RunnersQuestion {
  readonly namespace: string;
  /** Ids. */
  readonly accounts: readonly string[];
}

export interface RunnersChecks {
  readonly cluster: readonly Check[];
  readonly accounts: readonly Check[];
  readonly bucket: readonly Check[];
}

const uncheckedAccounts = (ids: readonly string[], why: string): Check[] =>
  ids.map(subject => notChecked({ about: 'account', subject, check: 'role' }, why));

/** Nothing could be asked: `why` says so. */
export const askedNothing = (why: string, { accounts }: RunnersQuestion): RunnersChecks => ({
  cluster: [],
  accounts: uncheckedAccounts(accounts, why),
  bucket: [],
});

const trustRemedy = (serviceAccount: string, namespace: string): string =>
  `Let the trust of the runners’ role name the issuer of this cluster and system:serviceaccount:${namespace}:${serviceAccount}, as aws-inventory infrastructure apply --oidc-provider-prod does; correct RUNNER_ROLE and SECURITY_ACCOUNT_ID where they name another role.`;

/** How a container ended, or why it did not, in one sentence. */
const endOf = ({ sight }: PartEnd, hindrance: string | null): string => {
  if (sight?.stuck !== undefined) return sight.stuck;
  const said = parseContainerMessage(sight?.message)?.message;
  if (said !== undefined) return said;
  if (sight?.exitCode !== undefined) return `it ended with ${sight.exitCode}`;
  return hindrance ?? 'it was not started';
};

interface IdentityFacts {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly hindrance: string | null;
}

const judgeIdentity = (
  part: 'assume' | 'upload',
  end: PartEnd,
  { namespace, serviceAccount, hindrance }: IdentityFacts,
): Check => {
  const facts: CheckFacts = { about: 'cluster', subject: namespace, check: `identity of ${part}` };
  const identity = end.answers.find(answer => answer.identity !== undefined)?.identity;
  if (identity !== undefined) return passed(facts, identity);
  const { code } = parseContainerMessage(end.sight?.message) ?? {};
  const message = endOf(end, hindrance);
  if (code === undefined) return notChecked(facts, message);
  const remedy = code === 'no-credentials' ? trustRemedy(serviceAccount, namespace) : errorCatalogue[code].remedy;
  return failed(facts, { code, message, remedy });
};

const judgeImage = ({ image, pulled, stuck = '' }: ContainerSight): Check => {
  const facts: CheckFacts = { about: 'cluster', subject: image, check: 'image' };
  if (pulled === null) return notChecked(facts, 'no node came to pull it');
  if (pulled) return passed(facts, 'a node has it');
  return failed(facts, {
    code: 'pod-not-run',
    message: stuck,
    remedy: 'Correct the name of the image, or let the namespace pull it (imagePullSecrets, the rights of the nodes).',
  });
};

const judgePod = (namespace: string, hindrance: string | null): Check[] =>
  hindrance === null
    ? []
    : [
        failed(
          { about: 'cluster', subject: namespace, check: 'a pod of the runners' },
          { code: 'pod-not-run', message: hindrance, remedy: errorCatalogue['pod-not-run'].remedy },
        ),
      ];

const judgeAccounts = (end: PartEnd, { accounts }: RunnersQuestion, hindrance: string | null): Check[] => {
  const found = end.answers.flatMap(({ checks }) => checks);
  const asked = new Set(found.map(({ subject }) => subject));
  const missing = accounts.filter(id => !asked.has(id));
  return [...found, ...uncheckedAccounts(missing, `the runners did not come to ask it: ${endOf(end, hindrance)}`)];
};

export const judgeRunners = (end: RunnersEnd, question: RunnersQuestion, serviceAccount = 'default'): RunnersChecks => {
  const { parts, containers, hindrance } = end;
  const facts = { namespace: question.namespace, serviceAccount, hindrance };
  const images = [...new Map(containers.map(sight => [sight.image, sight])).values()];
  return {
    cluster: [
      ...judgePod(question.namespace, hindrance),
      ...images.map(judgeImage),
      judgeIdentity('assume', parts.assume, facts),
      judgeIdentity('upload', parts.upload, facts),
    ],
    accounts: judgeAccounts(parts.assume, question, hindrance),
    bucket: parts.upload.answers.flatMap(({ checks }) => checks),
  };
};

/** What the caller could not see of the bucket, the runners may have. */
export const mergeBucket = (own: readonly Check[], theirs: readonly Check[]): Check[] =>
  own.map(check =>
    check.status === 'not-checked' ? (theirs.find(other => other.check === check.check) ?? check) : check,
  );
