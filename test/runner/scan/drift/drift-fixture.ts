// Resources as the joined lists have them, with all that a test does not care about.
import type {
  DeclaredResource,
  FoundResource,
  JoinedResource,
  JudgedResource,
} from '../../../../runner/scan/drift/resources.ts';

export const account = '111122223333';

export const found = (given: Partial<FoundResource> = {}): FoundResource => ({
  resourceType: 'AWS::S3::Bucket',
  type: 'aws_s3_bucket',
  id: 'logs',
  keys: [],
  arn: '',
  region: 'eu-west-1',
  name: null,
  tags: {},
  description: undefined,
  partOf: undefined,
  ...given,
});

export const declared = (given: Partial<DeclaredResource> = {}): DeclaredResource => ({
  source: { source: 'tfstate://a.tfstate', namespace: '', internal_name: 'logs', address: 'aws_s3_bucket.logs' },
  type: 'aws_s3_bucket',
  provider: 'aws',
  id: 'logs',
  region: 'eu-west-1',
  account,
  attributes: {},
  sensitive: [],
  ...given,
});

export const joined = (given: Partial<JoinedResource> = {}): JoinedResource => ({
  declared: undefined,
  alsoDeclared: [],
  found: undefined,
  unseen: null,
  ...given,
});

export const judged = (verdict: JudgedResource['verdict'], given: Partial<JudgedResource> = {}): JudgedResource => ({
  ...joined(given),
  verdict,
  changes: [],
  manager: undefined,
  ...given,
});
