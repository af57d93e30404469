// Global Accelerator: accelerators of both kinds, listeners below the standard ones, endpoint groups below those.
import {
  GlobalAcceleratorClient,
  paginateListAccelerators,
  paginateListCrossAccountAttachments,
  paginateListCustomRoutingAccelerators,
  paginateListEndpointGroups,
  paginateListListeners,
} from '@aws-sdk/client-global-accelerator';
import { globalaccelerator as catalogue } from '../../../../contract/catalogue/native/globalaccelerator.ts';
import { describeAwsError } from '../../errors.ts';
import { defineService, type Listing } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { pick } from '../page-walks.ts';
import { asItems, paged, walkPages } from '../rows.ts';

type Client = GlobalAcceleratorClient;

const pageSize = 100;
const standard = { paginate: paginateListAccelerators, input: {}, pageSize };
const customRouting = { paginate: paginateListCustomRoutingAccelerators, input: {}, pageSize };
const acceleratorGone = ['AcceleratorNotFoundException'];

const type = 'globalaccelerator.accelerator';

/** Their ARNs do not tell the two kinds apart, and each has a call of its own. */
const accelerators: Listing<Client, typeof type> = {
  types: [type],
  pages: async function* pages(client, { abortSignal }) {
    for (const row of [standard, customRouting]) {
      const found = walkPages<Client, object, { Accelerators?: object[] | undefined }>(client, row, abortSignal);
      for await (const page of found) yield { type, items: asItems(page.Accelerators) };
    }
  },
};

const standardOnes = (client: Client, abortSignal: AbortSignal) =>
  pick(walkPages(client, standard, abortSignal), page => page.Accelerators);

const listenersOf = (
  client: Client,
  { AcceleratorArn }: { readonly AcceleratorArn?: string | undefined },
  abortSignal: AbortSignal,
) =>
  pick(
    walkPages(client, { paginate: paginateListListeners, input: { AcceleratorArn }, pageSize }, abortSignal),
    page => page.Listeners,
  );

const allListeners = async function* (client: Client, abortSignal: AbortSignal) {
  for await (const page of standardOnes(client, abortSignal)) {
    for (const accelerator of page ?? []) {
      try {
        yield* listenersOf(client, accelerator, abortSignal);
      } catch (thrown) {
        // Deleted since it was listed, and its listeners before it.
        if (abortSignal.aborted || !acceleratorGone.includes(describeAwsError(thrown).code)) throw thrown;
      }
    }
  }
};

/** `…:accelerator/A/listener/L/endpoint-group/E` */
const withParents = <Group extends { readonly EndpointGroupArn?: string | undefined }>(group: Group) => {
  const [, AcceleratorId, , ListenerId, , EndpointGroupId] = group.EndpointGroupArn?.split('/') ?? [];
  return { ...group, AcceleratorId, ListenerId, EndpointGroupId };
};

export const globalaccelerator = defineService(catalogue, configuration => new GlobalAcceleratorClient(configuration), [
  accelerators,
  nested({
    type: 'globalaccelerator.listener',
    parents: standardOnes,
    children: listenersOf,
    gone: acceleratorGone,
  }),
  nested({
    type: 'globalaccelerator.endpoint-group',
    parents: allListeners,
    children: (client, { ListenerArn }, abortSignal) =>
      pick(
        walkPages(client, { paginate: paginateListEndpointGroups, input: { ListenerArn }, pageSize }, abortSignal),
        page => page.EndpointGroups?.map(withParents),
      ),
    gone: ['ListenerNotFoundException'],
  }),
  paged(
    'globalaccelerator.cross-account-attachment',
    { paginate: paginateListCrossAccountAttachments, input: {}, pageSize },
    page => page.CrossAccountAttachments,
  ),
]);
