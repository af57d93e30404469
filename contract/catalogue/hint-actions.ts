// IAM actions of the hints: AWS Config's counts and Resource Explorer's index, where an account has them.

export const hintActions = ['config:GetDiscoveredResourceCounts', 'resource-explorer-2:ListResources'] as const;
