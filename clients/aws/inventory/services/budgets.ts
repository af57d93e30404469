// Budgets: the account's own.
import { BudgetsClient, DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import { budgets as catalogue } from '../../../../contract/catalogue/native/budgets.ts';
import { callerAccount } from '../caller-account.ts';
import { defineService } from '../listing.ts';
import { paginateBy } from '../paginate-by.ts';
import { paged } from '../rows.ts';

interface Input {
  readonly NextToken?: string;
}

const paginate = paginateBy('NextToken', async (client: BudgetsClient, input: Input, options) => {
  // The call has to be told whose budgets, which the credentials alone say here.
  const AccountId = await callerAccount(client, options.abortSignal);
  return client.send(new DescribeBudgetsCommand({ ...input, AccountId, MaxResults: 100 }), options);
});

export const budgets = defineService(catalogue, configuration => new BudgetsClient(configuration), [
  paged('budgets.budget', { paginate, input: {} as Input }, page => page.Budgets),
]);
