// The two accounts of the estate, each with clients of its own; they keep sockets open until they are closed.
import type { AwsConnection } from '../clients/aws/connection.ts';
import { openBuckets } from '../clients/aws/infrastructure/buckets.ts';
import { openIam } from '../clients/aws/infrastructure/iam-client.ts';
import { openStackSets } from '../clients/aws/infrastructure/stack-sets.ts';
import type { EstateAccount } from '../contract/access/estate.ts';

export interface AccountConnection {
  readonly accountId: string;
  readonly partition: string;
  readonly aws: AwsConnection;
  readonly iam: ReturnType<typeof openIam>;
  readonly s3: ReturnType<typeof openBuckets>;
  readonly stackSets: ReturnType<typeof openStackSets>;
}

export type EstateConnections = Readonly<Record<EstateAccount, AccountConnection>> & {
  /** Names of what this very run has made: IAM may not know of them everywhere yet. */
  readonly made: Set<string>;
};

export interface AccountIdentity {
  readonly accountId: string;
  readonly partition: string;
  readonly aws: AwsConnection;
}

const open = (identity: AccountIdentity): AccountConnection => ({
  ...identity,
  iam: openIam(identity.aws),
  s3: openBuckets(identity.aws),
  stackSets: openStackSets(identity.aws),
});

export const openEstate = (identities: Readonly<Record<EstateAccount, AccountIdentity>>): EstateConnections => ({
  billing: open(identities.billing),
  security: open(identities.security),
  made: new Set(),
});

export const closeEstate = ({ billing, security }: EstateConnections): void => {
  for (const { iam, s3, stackSets } of [billing, security]) for (const client of [iam, s3, stackSets]) client.destroy();
};
