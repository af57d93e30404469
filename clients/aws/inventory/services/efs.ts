// EFS: file systems and access points, whole, and the mount targets of each file system.
import {
  EFSClient,
  type FileSystemDescription,
  paginateDescribeAccessPoints,
  paginateDescribeFileSystems,
  paginateDescribeMountTargets,
} from '@aws-sdk/client-efs';
import { efs as catalogue } from '../../../../contract/catalogue/native/efs.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paged, walkPages } from '../rows.ts';

const fileSystems = { paginate: paginateDescribeFileSystems, input: {} };

const mountTargets = nested({
  type: 'efs.mount-target',
  parents: async function* parents(client: EFSClient, abortSignal) {
    for await (const page of walkPages(client, fileSystems, abortSignal)) yield page.FileSystems;
  },
  children: async function* children(client, { FileSystemId }: FileSystemDescription, abortSignal) {
    const row = { paginate: paginateDescribeMountTargets, input: { FileSystemId } };
    for await (const page of walkPages(client, row, abortSignal)) yield page.MountTargets;
  },
  gone: ['FileSystemNotFound'],
});

export const efs = defineService(catalogue, configuration => new EFSClient(configuration), [
  paged('efs.file-system', fileSystems, page => page.FileSystems),
  paged('efs.access-point', { paginate: paginateDescribeAccessPoints, input: {} }, page => page.AccessPoints),
  mountTargets,
]);
