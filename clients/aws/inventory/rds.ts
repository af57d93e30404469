// RDS: instances and clusters, whole; Neptune and DocumentDB answer here too, and their engine says so.
import { paginateDescribeDBClusters, paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import { defineService, paged } from './listing.ts';

export const rds = defineService('rds', configuration => new RDSClient(configuration), [
  paged('rds.instance', { paginate: paginateDescribeDBInstances, input: {}, pageSize: 100 }, page => page.DBInstances),
  paged('rds.cluster', { paginate: paginateDescribeDBClusters, input: {}, pageSize: 100 }, page => page.DBClusters),
]);
