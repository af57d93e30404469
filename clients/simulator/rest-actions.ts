// Operation names of the two REST services: their requests carry none, so method, path and query have to say it.

export interface S3Request {
  readonly method: string;
  readonly bucket: string | null;
  readonly key: string | null;
  readonly query: URLSearchParams;
  readonly copies: boolean;
}

/** Sub-resources whose operation is not named `<Verb>Bucket<Subresource>`. */
const namedConfigurations: Readonly<Record<string, string>> = {
  publicAccessBlock: 'PublicAccessBlock',
  'object-lock': 'ObjectLockConfiguration',
  lifecycle: 'BucketLifecycleConfiguration',
  notification: 'BucketNotificationConfiguration',
  accelerate: 'BucketAccelerateConfiguration',
  requestPayment: 'BucketRequestPayment',
  ownershipControls: 'BucketOwnershipControls',
  policyStatus: 'BucketPolicyStatus',
};
const configurations =
  /^(acl|tagging|versioning|policy|policyStatus|encryption|location|logging|website|cors|replication|lifecycle|notification|accelerate|requestPayment|ownershipControls|publicAccessBlock|object-lock|retention|legal-hold|torrent|attributes)$/;

const verbs: Readonly<Record<string, string>> = {
  GET: 'Get',
  PUT: 'Put',
  POST: 'Post',
  DELETE: 'Delete',
  HEAD: 'Head',
};
const pascal = (text: string): string => text.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

const objectAction = ({ method, query, copies }: S3Request): string => {
  const part = query.has('partNumber');
  if (query.has('uploadId')) {
    if (method === 'PUT') return part && copies ? 'UploadPartCopy' : 'UploadPart';
    return (
      { GET: 'ListParts', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload' }[method] ?? 'UploadPart'
    );
  }
  if (method === 'POST') return query.has('uploads') ? 'CreateMultipartUpload' : 'PostObject';
  return method === 'PUT' && copies ? 'CopyObject' : `${verbs[method] ?? method}Object`;
};

const bucketAction = ({ method, query }: S3Request): string => {
  if (method === 'GET') {
    if (query.get('list-type') === '2') return 'ListObjectsV2';
    if (query.has('versions')) return 'ListObjectVersions';
    return query.has('uploads') ? 'ListMultipartUploads' : 'ListObjects';
  }
  if (method === 'POST') return query.has('delete') ? 'DeleteObjects' : 'PostObject';
  return method === 'PUT' ? 'CreateBucket' : `${verbs[method] ?? method}Bucket`;
};

/** `PutObject`, `ListObjectsV2`, `GetBucketTagging`, … as the S3 API calls them. */
export const s3Action = (request: S3Request): string => {
  if (request.bucket === null) return 'ListBuckets';
  const configured = [...request.query.keys()].find(name => configurations.test(name));
  const verb = verbs[request.method] ?? request.method;
  if (request.key !== null) return configured ? `${verb}Object${pascal(configured)}` : objectAction(request);
  if (configured === undefined) return bucketAction(request);
  return `${verb}${namedConfigurations[configured] ?? `Bucket${pascal(configured)}`}`;
};

const lambdaPaths: readonly [RegExp, string][] = [
  [/^GET \/[\d-]+\/functions\/?$/, 'ListFunctions'],
  [/^POST \/[\d-]+\/functions\/?$/, 'CreateFunction'],
  [/^GET \/[\d-]+\/functions\/[^/]+\/?$/, 'GetFunction'],
  [/^DELETE \/[\d-]+\/functions\/[^/]+\/?$/, 'DeleteFunction'],
  [/^GET \/[\d-]+\/functions\/[^/]+\/policy$/, 'GetPolicy'],
  [/^GET \/[\d-]+\/functions\/[^/]+\/aliases$/, 'ListAliases'],
  [/^GET \/[\d-]+\/functions\/[^/]+\/versions$/, 'ListVersionsByFunction'],
  [/^POST \/[\d-]+\/functions\/[^/]+\/invocations$/, 'Invoke'],
  [/^GET \/[\d-]+\/layers$/, 'ListLayers'],
  [/^GET \/[\d-]+\/event-source-mappings\/?$/, 'ListEventSourceMappings'],
  [/^GET \/[\d-]+\/account-settings\/?$/, 'GetAccountSettings'],
  [/^GET \/[\d-]+\/tags\/.+$/, 'ListTags'],
];

/** The operation of a Lambda request; one that is not in the table is called by its method and path. */
export const lambdaAction = (method: string, path: string): string =>
  lambdaPaths.find(([form]) => form.test(`${method} ${path}`))?.[1] ?? `${method} ${path}`;
