// Budgets: its types, as data.
import { nativeService } from '../native-service.ts';

export const budgets = nativeService({
  key: 'budgets',
  reconName: 'Budgets',
  namespaces: ['Budgets'],
  scope: 'global',
  types: [
    {
      key: 'budgets.budget',
      reconType: 'budget',
      cloudFormationType: 'AWS::Budgets::Budget',
      identifier: '{path}',
      arn: 'arn:{partition}:budgets::{account}:budget/{budget_name}',
      taggable: true,
      actions: ['budgets:ViewBudget'],
    },
  ],
});
