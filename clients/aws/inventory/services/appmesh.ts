// App Mesh: meshes, and what each of them holds.
import {
  AppMeshClient,
  paginateListMeshes,
  paginateListVirtualGateways,
  paginateListVirtualNodes,
  paginateListVirtualRouters,
  paginateListVirtualServices,
} from '@aws-sdk/client-app-mesh';
import { appmesh as catalogue } from '../../../../contract/catalogue/native/appmesh.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { pick } from '../page-walks.ts';
import { type Items, type Paginate, paged, walkPages } from '../rows.ts';

const meshes = { paginate: paginateListMeshes, input: {}, pageSize: 100 };

interface Mesh {
  meshName: string | undefined;
  meshOwner?: string | undefined;
}

const inMeshes = <const Key extends string, Page>(
  type: Key,
  paginate: Paginate<AppMeshClient, Mesh, Page>,
  items: (page: Page) => Items,
) =>
  nested({
    type,
    parents: (client: AppMeshClient, abortSignal) => pick(walkPages(client, meshes, abortSignal), page => page.meshes),
    children: (client, { meshName, meshOwner }, abortSignal) =>
      // A mesh that another account shares is found only by its owner too.
      pick(walkPages(client, { paginate, input: { meshName, meshOwner }, pageSize: 100 }, abortSignal), items),
    gone: ['NotFoundException'],
  });

export const appmesh = defineService(catalogue, configuration => new AppMeshClient(configuration), [
  paged('appmesh.mesh', meshes, page => page.meshes),
  inMeshes('appmesh.virtual-service', paginateListVirtualServices, page => page.virtualServices),
  inMeshes('appmesh.virtual-node', paginateListVirtualNodes, page => page.virtualNodes),
  inMeshes('appmesh.virtual-router', paginateListVirtualRouters, page => page.virtualRouters),
  inMeshes('appmesh.virtual-gateway', paginateListVirtualGateways, page => page.virtualGateways),
]);
