// Redshift Serverless: namespaces, workgroups and snapshots, whole.
import {
  paginateListNamespaces,
  paginateListSnapshots,
  paginateListWorkgroups,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';
import { redshiftServerless as catalogue } from '../../../../contract/catalogue/native/redshift-serverless.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const redshiftServerless = defineService(
  catalogue,
  configuration => new RedshiftServerlessClient(configuration),
  [
    paged('redshift-serverless.namespace', { paginate: paginateListNamespaces, input: {} }, page => page.namespaces),
    paged('redshift-serverless.workgroup', { paginate: paginateListWorkgroups, input: {} }, page => page.workgroups),
    paged('redshift-serverless.snapshot', { paginate: paginateListSnapshots, input: {} }, page => page.snapshots),
  ],
);
