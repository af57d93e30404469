// The words of AWS: which status, code and message each service gives for the same refusal. Data, and nothing is sent here.
import type { IdentifiedRequest } from './request-facts.ts';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export type RefusalName =
  /** No policy allows it. */
  | 'access-denied'
  /** A service control policy of the Organization denies it. */
  | 'denied-by-scp'
  | 'expired-token'
  | 'throttled'
  /** The region is not switched on: the credentials mean nothing there. */
  | 'region-not-enabled'
  | 'unavailable'
  | 'no-such-bucket';

type Family = 'ec2' | 's3' | 'query' | 'json' | 'lambda';
type Words = readonly [status: number, code: string, message: string];

const familyOf = ({ protocol }: IdentifiedRequest): Family => {
  if (protocol === 'rest-json') return 'lambda';
  if (protocol === 'rest-xml') return 's3';
  return protocol;
};

const expired = 'The security token included in the request is expired';
const invalid = 'The security token included in the request is invalid.';

const wordsByFamily: Readonly<Record<Exclude<RefusalName, 'access-denied' | 'denied-by-scp'>, Record<Family, Words>>> =
  {
    'expired-token': {
      ec2: [400, 'RequestExpired', 'Request has expired.'],
      s3: [400, 'ExpiredToken', 'The provided token has expired.'],
      query: [403, 'ExpiredToken', expired],
      json: [400, 'ExpiredTokenException', expired],
      lambda: [403, 'ExpiredTokenException', expired],
    },
    throttled: {
      ec2: [503, 'RequestLimitExceeded', 'Request limit exceeded.'],
      s3: [503, 'SlowDown', 'Please reduce your request rate.'],
      query: [400, 'Throttling', 'Rate exceeded'],
      json: [400, 'ThrottlingException', 'Rate exceeded'],
      lambda: [429, 'TooManyRequestsException', 'Rate exceeded'],
    },
    'region-not-enabled': {
      ec2: [401, 'AuthFailure', 'AWS was not able to validate the provided access credentials'],
      s3: [403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'],
      query: [403, 'InvalidClientTokenId', invalid],
      json: [400, 'UnrecognizedClientException', invalid],
      lambda: [403, 'UnrecognizedClientException', invalid],
    },
    unavailable: {
      ec2: [503, 'Unavailable', 'The server is overloaded and cannot handle the request.'],
      s3: [503, 'ServiceUnavailable', 'Service is unable to handle request.'],
      query: [503, 'ServiceUnavailable', 'The request has failed due to a temporary failure of the server.'],
      json: [500, 'InternalFailure', 'The request processing has failed because of an unknown error.'],
      lambda: [500, 'ServiceException', 'The service encountered an internal error.'],
    },
    'no-such-bucket': {
      ec2: [404, 'NoSuchBucket', 'The specified bucket does not exist'],
      s3: [404, 'NoSuchBucket', 'The specified bucket does not exist'],
      query: [404, 'NoSuchBucket', 'The specified bucket does not exist'],
      json: [400, 'NoSuchBucket', 'The specified bucket does not exist'],
      lambda: [404, 'NoSuchBucket', 'The specified bucket does not exist'],
    },
  };

/** Services that do not speak like the rest of their family. */
const wordsByService: Readonly<Record<string, Words>> = {
  'throttled organizations': [
    400,
    'TooManyRequestsException',
    "AWS Organizations can't complete your request because another request is already in progress. Try again later.",
  ],
  'throttled sqs': [403, 'RequestThrottled', 'Request is throttled.'],
};

const denials: Readonly<Record<Family, readonly [status: number, code: string]>> = {
  ec2: [403, 'UnauthorizedOperation'],
  s3: [403, 'AccessDenied'],
  query: [403, 'AccessDenied'],
  json: [400, 'AccessDeniedException'],
  lambda: [403, 'AccessDeniedException'],
};
const denialsByService: Readonly<Record<string, readonly [status: number, code: string]>> = {
  sns: [403, 'AuthorizationError'],
  sqs: [403, 'AccessDenied'],
};

/** S3 operations whose permission has another name. */
const s3Permissions: Readonly<Record<string, string>> = {
  ListBuckets: 'ListAllMyBuckets',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  UploadPart: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  CopyObject: 'PutObject',
};

/** The permission as the service writes it in a denial: `SNS:ListTopics`, `sqs:listqueues`, `tag:GetResources`. */
const permissionOf = ({ service, action }: IdentifiedRequest): string => {
  if (service === 's3') return `s3:${s3Permissions[action] ?? action}`;
  if (service === 'sqs') return `sqs:${action.toLowerCase()}`;
  return `${{ sns: 'SNS', tagging: 'tag' }[service] ?? service}:${action}`;
};

const resourceOf = (request: IdentifiedRequest): string | null => {
  if (request.service === 'ec2') return null;
  if (request.parameters['RoleArn'] !== undefined) return request.parameters['RoleArn'];
  if (request.service !== 's3') return '*';
  const place = [request.bucket ?? '*', request.key].filter(part => part !== null).join('/');
  return `"arn:aws:s3:::${place}"`;
};

const denial = (request: IdentifiedRequest, byPolicy: boolean): Refusal => {
  const [status, code] = denialsByService[request.service] ?? denials[familyOf(request)];
  const permission = permissionOf(request);
  const resource = resourceOf(request);
  const refused = `User: ${request.principal} is not authorized to perform: ${permission}`;
  const where = resource === null ? '' : ` on resource: ${resource}`;
  // A denied AssumeRole gives no reason: which of the two accounts refuses is not the caller's to know.
  const missing =
    request.action === 'AssumeRole' ? '' : ` because no identity-based policy allows the ${permission} action`;
  const why = byPolicy ? ' with an explicit deny in a service control policy' : missing;
  const opening = request.service === 'ec2' ? 'You are not authorized to perform this operation. ' : '';
  return { status, code, message: `${opening}${refused}${where}${why}` };
};

/** What the service would say. */
export const wordRefusal = (name: RefusalName, request: IdentifiedRequest): Refusal => {
  if (name === 'access-denied' || name === 'denied-by-scp') return denial(request, name === 'denied-by-scp');
  const words = wordsByService[`${name} ${request.service}`] ?? wordsByFamily[name][familyOf(request)];
  const [status, code, message] = words;
  return { status, code, message };
};
