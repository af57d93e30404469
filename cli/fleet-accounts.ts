// Accounts of our own settings for `tags`: those that a run would visit, with the role, regions and tags that it would have there.
import type { AwsConnection } from '../clients/aws/connection.ts';
import { InventoryError } from '../contract/errors.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { chooseTags } from '../contract/tags/tag-settings.ts';
import type { ScannedAccount } from '../exporter/tag-compliance/read-account.ts';
import { openAccountEdges } from '../orchestrator/aws-edges.ts';
import { planRun, selectionOf } from '../orchestrator/plan.ts';

/** No Job is made of this plan. */
const withoutJobs = { run: 'tags', date: '', startedAt: '', bucket: '', jobSeconds: 0 } as const;

/** Throws what a run would throw before its first Job: organization-denied, unknown-account, no-credentials, … */
export const listFleetAccounts = async (
  settings: RunSettings,
  connection: AwsConnection,
  signal: AbortSignal,
): Promise<ScannedAccount[]> => {
  const edges = openAccountEdges(settings, connection, signal);
  const partition = await edges.readPartition();
  const organization = await edges.readAccounts(selectionOf(settings));
  const plan = planRun(organization, settings, { ...withoutJobs, partition, region: connection.region });
  if (plan.unknownIds.length > 0) {
    const ids = plan.unknownIds.map(id => JSON.stringify(id)).join(', ');
    throw new InventoryError('unknown-account', `INCLUDE_ACCOUNTS names accounts that are not there: ${ids}`);
  }
  return plan.planned.map(({ account, facts }) => ({
    id: account.id,
    name: account.name,
    regions: facts.regions === 'enabled' ? facts.regions : [...new Set(facts.regions)],
    role: { roleArn: facts.roleArn, externalId: facts.externalId },
    rules: chooseTags(settings.tags, account.id),
  }));
};
