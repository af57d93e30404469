// Clients of an estate's two accounts, for what a test puts there or reads back.
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import type { TestEstate } from './estate.ts';

export const iamOf = ({ proxy, credentials }: TestEstate, account: 'billing' | 'security'): IAMClient =>
  new IAMClient({ endpoint: proxy.url, region: 'us-east-1', credentials: credentials[account] });

export const s3Of = (
  { proxy, credentials }: TestEstate,
  account: 'billing' | 'security' = 'security',
  region = 'eu-west-1',
): S3Client => new S3Client({ endpoint: proxy.url, region, forcePathStyle: true, credentials: credentials[account] });
