// CloudFormation: stacks that are not deleted, whole; stack sets, and extensions that the account has registered.
import {
  CloudFormationClient,
  paginateDescribeStacks,
  paginateListStackSets,
  paginateListTypes,
} from '@aws-sdk/client-cloudformation';
import { cloudformation as catalogue } from '../../../../contract/catalogue/native/cloudformation.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

/** Deleted sets are shown for ninety days more; those of an organization belong to its management account. */
const ownSets = { Status: 'ACTIVE' as const, CallAs: 'SELF' as const };
/** Everything public is the same everywhere; what the account has activated of it is a TypeActivation. */
const ownTypes = { Visibility: 'PRIVATE' as const, DeprecatedStatus: 'LIVE' as const };

export const cloudformation = defineService(catalogue, configuration => new CloudFormationClient(configuration), [
  paged('cloudformation.stack', { paginate: paginateDescribeStacks, input: {} }, page => page.Stacks),
  paged(
    'cloudformation.stack-set',
    { paginate: paginateListStackSets, input: ownSets, pageSize: 100 },
    page => page.Summaries,
  ),
  paged('cloudformation.type', { paginate: paginateListTypes, input: ownTypes, pageSize: 100 }, page =>
    page.TypeSummaries?.filter(({ IsActivated }) => !IsActivated),
  ),
]);
