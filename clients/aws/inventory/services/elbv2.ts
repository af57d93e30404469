// Elastic Load Balancing: application, network and gateway load balancers; listeners below each, rules below those.
import {
  ElasticLoadBalancingV2Client,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeRules,
  paginateDescribeTargetGroups,
  paginateDescribeTrustStores,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { elbv2 as catalogue } from '../../../../contract/catalogue/native/elbv2.ts';
import { describeAwsError } from '../../errors.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { pick } from '../page-walks.ts';
import { paged, walkPages } from '../rows.ts';

type Client = ElasticLoadBalancingV2Client;

const pageSize = 200;
const balancers = { paginate: paginateDescribeLoadBalancers, input: {}, pageSize };
const balancerGone = ['LoadBalancerNotFound', 'LoadBalancerNotFoundException'];
const listenerGone = ['ListenerNotFound', 'ListenerNotFoundException'];

const balancerPages = (client: Client, abortSignal: AbortSignal) =>
  pick(walkPages(client, balancers, abortSignal), page => page.LoadBalancers);

const listenersOf = (
  client: Client,
  { LoadBalancerArn }: { readonly LoadBalancerArn?: string | undefined },
  abortSignal: AbortSignal,
) =>
  pick(
    walkPages(client, { paginate: paginateDescribeListeners, input: { LoadBalancerArn }, pageSize }, abortSignal),
    page => page.Listeners,
  );

const listenerPages = async function* (client: Client, abortSignal: AbortSignal) {
  for await (const page of balancerPages(client, abortSignal)) {
    for (const balancer of page ?? []) {
      try {
        yield* listenersOf(client, balancer, abortSignal);
      } catch (thrown) {
        // Deleted since it was listed, and its listeners with it.
        if (abortSignal.aborted || !balancerGone.includes(describeAwsError(thrown).code)) throw thrown;
      }
    }
  }
};

export const elbv2 = defineService(catalogue, configuration => new ElasticLoadBalancingV2Client(configuration), [
  paged('elbv2.load-balancer', balancers, page => page.LoadBalancers),
  nested({ type: 'elbv2.listener', parents: balancerPages, children: listenersOf, gone: balancerGone }),
  nested({
    type: 'elbv2.listener-rule',
    parents: listenerPages,
    children: (client, { ListenerArn }, abortSignal) =>
      pick(
        walkPages(client, { paginate: paginateDescribeRules, input: { ListenerArn }, pageSize }, abortSignal),
        // The default rule is the listener's own default action once more, and nothing that anyone made.
        page => page.Rules?.filter(({ IsDefault }) => !IsDefault),
      ),
    gone: listenerGone,
  }),
  paged(
    'elbv2.target-group',
    { paginate: paginateDescribeTargetGroups, input: {}, pageSize },
    page => page.TargetGroups,
  ),
  paged('elbv2.trust-store', { paginate: paginateDescribeTrustStores, input: {}, pageSize }, page => page.TrustStores),
]);
