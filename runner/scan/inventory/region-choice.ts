// Which regions a sweep looks at: those that settings name, or those that the account has switched on.
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { type AwsErrorFacts, type AwsErrorKind, describeAwsError } from '../../../clients/aws/errors.ts';
import { listEnabledRegions } from '../../../clients/aws/inventory/regions.ts';
import { catalogueService, globalRegion, regionsAction, regionsName } from '../../../contract/catalogue/services.ts';
import type { CellTally } from './cell-outcome.ts';

export interface RegionQuestion {
  readonly regions: 'enabled' | readonly string[];
  readonly connection: AwsConnection;
  readonly signal: AbortSignal;
  readonly stopReason: () => string;
}

export interface RegionChoice {
  readonly regions: readonly string[];
  /** True when the account itself named them as switched on. */
  readonly areEnabled: boolean;
  /** The cell of the question itself, when it was not answered. */
  readonly unanswered: readonly CellTally[];
}

/** What says why the question was refused; of any other answer nobody knows which regions it leaves unseen. */
const refusals: readonly AwsErrorKind[] = ['denied', 'throttled', 'credentials-expired'];

const noRegion: AwsErrorFacts = describeAwsError({
  name: 'NoRegions',
  message: 'the account named no region as enabled',
});

const askRegions = async (connection: AwsConnection, signal: AbortSignal): Promise<string[] | AwsErrorFacts> => {
  try {
    const regions = await listEnabledRegions(connection, signal);
    return regions.length === 0 ? noRegion : regions;
  } catch (thrown) {
    const failure = describeAwsError(thrown);
    return refusals.includes(failure.kind) ? failure : { ...failure, kind: 'other' };
  }
};

/** Without an answer the connection's own region is looked at, and the cell says that others may exist. */
export const chooseRegions = async (question: RegionQuestion): Promise<RegionChoice> => {
  const { connection, signal, stopReason } = question;
  if (question.regions !== 'enabled') {
    const regions = [...new Set(question.regions)].filter(name => name !== globalRegion);
    return { regions, areEnabled: false, unanswered: [] };
  }
  const answer = await askRegions(connection, signal);
  if (Array.isArray(answer)) return { regions: answer, areEnabled: true, unanswered: [] };
  const place = { region: globalRegion, type: regionsName, tier: 'account', host: 'ec2' } as const;
  const unanswered: CellTally = {
    ...place,
    service: catalogueService('ec2').reconName,
    resources: 0,
    pages: 0,
    truncated: 0,
    failures: signal.aborted ? [] : [{ ...answer, action: answer.action ?? regionsAction }],
    stopped: signal.aborted ? stopReason() : undefined,
  };
  return { regions: [connection.region], areEnabled: false, unanswered: [unanswered] };
};
