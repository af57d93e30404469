// Pure steps of the proxy: what a request means, and which rule answers it.
import { describe, expect, test } from 'vitest';
import { chooseAnswer, matches, type ProxyRule } from '../../../clients/simulator/proxy-rules.ts';
import { type IdentifiedRequest, readRequestFacts } from '../../../clients/simulator/request-facts.ts';

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261120/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=abc`,
});

const read = (service: string, line: string, headers: Record<string, string> = {}) => {
  const [method = '', url = ''] = line.split(' ');
  return readRequestFacts({ method, url, headers: { ...signed(service), ...headers }, form: '' });
};

describe('an S3 request', () => {
  const lines: readonly (readonly [line: string, action: string])[] = [
    ['GET /?x-id=ListBuckets', 'ListBuckets'],
    ['PUT /b', 'CreateBucket'],
    ['HEAD /b', 'HeadBucket'],
    ['DELETE /b', 'DeleteBucket'],
    ['GET /b?list-type=2&prefix=AWSRecon%2F', 'ListObjectsV2'],
    ['GET /b?prefix=x', 'ListObjects'],
    ['GET /b?versions', 'ListObjectVersions'],
    ['GET /b?uploads', 'ListMultipartUploads'],
    ['POST /b?delete', 'DeleteObjects'],
    ['GET /b?location', 'GetBucketLocation'],
    ['GET /b?tagging', 'GetBucketTagging'],
    ['PUT /b?versioning', 'PutBucketVersioning'],
    ['GET /b?publicAccessBlock', 'GetPublicAccessBlock'],
    ['GET /b?lifecycle', 'GetBucketLifecycleConfiguration'],
    ['GET /b?object-lock', 'GetObjectLockConfiguration'],
    ['PUT /b/k', 'PutObject'],
    ['GET /b/k', 'GetObject'],
    ['HEAD /b/k', 'HeadObject'],
    ['DELETE /b/k', 'DeleteObject'],
    ['GET /b/k?tagging', 'GetObjectTagging'],
    ['POST /b/k?uploads', 'CreateMultipartUpload'],
    ['PUT /b/k?partNumber=1&uploadId=u', 'UploadPart'],
    ['POST /b/k?uploadId=u', 'CompleteMultipartUpload'],
    ['DELETE /b/k?uploadId=u', 'AbortMultipartUpload'],
    ['GET /b/k?uploadId=u', 'ListParts'],
  ];
  test.each(lines)('%s is %s', (line, action) => {
    expect(read('s3', line)).toMatchObject({ service: 's3', action, protocol: 'rest-xml', region: 'eu-west-1' });
  });

  test('names bucket and key as they were before they were encoded', () => {
    expect(read('s3', 'PUT /b/AWSRecon/2026/a%20b%2Bc%C3%BC.json')).toMatchObject({
      bucket: 'b',
      key: 'AWSRecon/2026/a b+cü.json',
    });
    expect(read('s3', 'GET /b/%E0%A4%A').key).toBe('%E0%A4%A');
  });

  test('that copies is a CopyObject', () => {
    expect(read('s3', 'PUT /b/k', { 'x-amz-copy-source': '/a/k' }).action).toBe('CopyObject');
  });

  test('may be signed in its query', () => {
    const line = 'GET /b/k?X-Amz-Credential=AKIAEXAMPLE%2F20261120%2Feu-central-1%2Fs3%2Faws4_request';
    const [method = '', url = ''] = line.split(' ');
    expect(readRequestFacts({ method, url, headers: {}, form: '' })).toMatchObject({
      action: 'GetObject',
      region: 'eu-central-1',
      accessKeyId: 'AKIAEXAMPLE',
    });
  });
});

test('an unsigned AssumeRoleWithWebIdentity is one of STS', () => {
  const form =
    'Action=AssumeRoleWithWebIdentity&RoleArn=arn%3Aaws%3Aiam%3A%3A111111111111%3Arole%2Fx&WebIdentityToken=s';
  const facts = readRequestFacts({ method: 'POST', url: '/', headers: {}, form });
  expect(facts).toMatchObject({ service: 'sts', action: 'AssumeRoleWithWebIdentity', accessKeyId: null });
  expect(facts.parameters).toEqual({ RoleArn: 'arn:aws:iam::111111111111:role/x' });
});

test('a Lambda request that is not in the table is called by its method and path', () => {
  expect(read('lambda', 'GET /2015-03-31/functions/').action).toBe('ListFunctions');
  expect(read('lambda', 'GET /2017-03-31/tags/arn%3Aaws').action).toBe('ListTags');
  expect(read('lambda', 'GET /2099-01-01/novelty').action).toBe('GET /2099-01-01/novelty');
});

describe('a rule', () => {
  const request: IdentifiedRequest = {
    ...read('s3', 'PUT /b/recon_1.json'),
    accountId: '111111111111',
    principal: 'arn:aws:sts::111111111111:user/moto',
  };
  const refuse = { do: 'refuse', as: 'throttled' } as const;

  test('matches when each of its patterns fits, and not what the request lacks', () => {
    expect(matches({}, request)).toBe(true);
    expect(matches({ service: 's3', action: ['GetObject', 'PutObject'], key: /_1\.json$/g }, request)).toBe(true);
    expect(matches({ service: 's3', bucket: 'other' }, request)).toBe(false);
    expect(matches({ roleArn: /./ }, request)).toBe(false);
  });

  test('of an earlier place answers before a later one, until its window is over', () => {
    const rules: ProxyRule[] = [
      { match: { service: 's3' }, times: 1, answer: { do: 'hang' } },
      { match: { service: 's3' }, after: 1, times: 1, answer: refuse },
    ];
    const seen = new Map<ProxyRule, number>();
    const answers = [1, 2, 3, 4].map(() => chooseAnswer(rules, request, seen).do);
    expect(answers).toEqual(['hang', 'forward', 'refuse', 'forward']);
  });
});
