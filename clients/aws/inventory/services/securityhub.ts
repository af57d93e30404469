// Security Hub: the hub of a region, its standards, and what the account has made of its own.
import {
  DescribeHubCommand,
  ListAutomationRulesCommand,
  type ListAutomationRulesCommandInput,
  paginateDescribeActionTargets,
  paginateGetEnabledStandards,
  paginateGetInsights,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { securityhub as catalogue } from '../../../../contract/catalogue/native/securityhub.ts';
import { answerMembers } from '../answer-members.ts';
import { defineService } from '../listing.ts';
import { paginateBy } from '../paginate-by.ts';
import { paged, single } from '../rows.ts';

/** AWS's own insights, the same everywhere, have an ARN of no account. */
const isOwn = ({ InsightArn = '' }: { InsightArn?: string | undefined }) => InsightArn.split(':')[4] !== '';

const paginateRules = paginateBy(
  'NextToken',
  (client: SecurityHubClient, input: ListAutomationRulesCommandInput, options) =>
    client.send(new ListAutomationRulesCommand(input), options),
);

export const securityhub = defineService(catalogue, configuration => new SecurityHubClient(configuration), [
  single('securityhub.hub', async (client: SecurityHubClient, options) => [
    answerMembers(await client.send(new DescribeHubCommand({}), options)),
  ]),
  paged(
    'securityhub.standard',
    { paginate: paginateGetEnabledStandards, input: {}, pageSize: 100 },
    page => page.StandardsSubscriptions,
  ),
  paged('securityhub.insight', { paginate: paginateGetInsights, input: {}, pageSize: 100 }, page =>
    page.Insights?.filter(isOwn),
  ),
  paged(
    'securityhub.automation-rule',
    { paginate: paginateRules, input: { MaxResults: 100 } },
    page => page.AutomationRulesMetadata,
  ),
  paged(
    'securityhub.action-target',
    { paginate: paginateDescribeActionTargets, input: {}, pageSize: 100 },
    page => page.ActionTargets,
  ),
]);
