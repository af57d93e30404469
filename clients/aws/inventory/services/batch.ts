// Batch: compute environments, queues, active job definitions, and scheduling policies, which are described.
import {
  BatchClient,
  DescribeSchedulingPoliciesCommand,
  paginateDescribeComputeEnvironments,
  paginateDescribeJobDefinitions,
  paginateDescribeJobQueues,
  paginateListSchedulingPolicies,
} from '@aws-sdk/client-batch';
import { batch as catalogue } from '../../../../contract/catalogue/native/batch.ts';
import { type DescribedRow, described } from '../described-rows.ts';
import { defineService } from '../listing.ts';
import { paged, walkPages } from '../rows.ts';
import { without } from '../withhold.ts';

/** Of containers, where people keep passwords: `env` in pods of EKS, `environment` elsewhere. */
const withoutEnvironment = without('environment', 'env');

const policyPages = { paginate: paginateListSchedulingPolicies, input: {}, pageSize: 100 };

const policies: DescribedRow<BatchClient, 'batch.scheduling-policy'> = {
  type: 'batch.scheduling-policy',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, policyPages, abortSignal)) {
      yield (page.schedulingPolicies ?? []).map(fields => ({ fields }));
    }
  },
  batch: 100,
  describe: async ({ client, items, abortSignal }) => {
    const arns = items.flatMap(({ fields }) => (fields as { arn?: string }).arn ?? []);
    const answer = await client.send(new DescribeSchedulingPoliciesCommand({ arns }), { abortSignal });
    // Those that were deleted meanwhile are left out.
    return { items: (answer.schedulingPolicies ?? []).map(fields => ({ fields })) };
  },
  gone: [],
};

export const batch = defineService(catalogue, configuration => new BatchClient(configuration), [
  paged(
    'batch.compute-environment',
    { paginate: paginateDescribeComputeEnvironments, input: {}, pageSize: 100 },
    page => page.computeEnvironments,
  ),
  paged('batch.job-queue', { paginate: paginateDescribeJobQueues, input: {}, pageSize: 100 }, page => page.jobQueues),
  paged(
    'batch.job-definition',
    { paginate: paginateDescribeJobDefinitions, input: { status: 'ACTIVE' }, pageSize: 100 },
    page => withoutEnvironment(page.jobDefinitions),
  ),
  described(policies),
]);
