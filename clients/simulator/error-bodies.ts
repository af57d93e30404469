// An AWS error on the wire: the same refusal looks different in each of the protocols.
import type { Refusal } from './refusals.ts';
import type { IdentifiedRequest } from './request-facts.ts';

export interface WireError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, letter => entities[letter] ?? letter);
const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;
const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';

const queryNamespaces: Readonly<Record<string, string>> = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
  rds: 'http://rds.amazonaws.com/doc/2014-10-31/',
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
};

const queryError = (refusal: Refusal, service: string, requestId: string): string => {
  const type = element('Type', refusal.status < 500 ? 'Sender' : 'Receiver');
  const error = `<Error>${type}${element('Code', refusal.code)}${element('Message', refusal.message)}</Error>`;
  const namespace = queryNamespaces[service] ?? `http://${service}.amazonaws.com/doc/`;
  return `<ErrorResponse xmlns="${namespace}">${error}${element('RequestId', requestId)}</ErrorResponse>`;
};

const ec2Error = (refusal: Refusal, requestId: string): string => {
  const error = `<Error>${element('Code', refusal.code)}${element('Message', refusal.message)}</Error>`;
  return `${prolog}<Response><Errors>${error}</Errors>${element('RequestID', requestId)}</Response>`;
};

const s3Error = (refusal: Refusal, request: IdentifiedRequest, requestId: string): string => {
  const bucket = refusal.code === 'NoSuchBucket' ? element('BucketName', request.bucket ?? '') : '';
  const what = `${element('Code', refusal.code)}${element('Message', refusal.message)}${bucket}`;
  return `${prolog}<Error>${what}${element('RequestId', requestId)}${element('HostId', requestId)}</Error>`;
};

/** Status, headers and body as the service sends them; a HEAD has no body, and its client sees the status alone. */
export const renderError = (refusal: Refusal, request: IdentifiedRequest, requestId: string): WireError => {
  const { status, code, message } = refusal;
  const xml = (type: string, body: string): WireError => ({
    status,
    headers: { 'content-type': type, 'x-amzn-requestid': requestId },
    body,
  });
  switch (request.protocol) {
    case 'rest-xml': {
      const body = request.method === 'HEAD' ? '' : s3Error(refusal, request, requestId);
      const headers = { 'content-type': 'application/xml', 'x-amz-request-id': requestId, 'x-amz-id-2': requestId };
      return { status, headers, body };
    }
    case 'query':
      return xml('text/xml', queryError(refusal, request.service, requestId));
    case 'ec2':
      return xml('text/xml;charset=UTF-8', ec2Error(refusal, requestId));
    case 'rest-json': {
      const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code };
      return { status, headers, body: JSON.stringify({ Message: message }) };
    }
    case 'json': {
      const type = request.headers['content-type'] ?? 'application/x-amz-json-1.1';
      // SQS was a query service: its clients still read the old code, and from this header.
      const old = request.service === 'sqs' ? { 'x-amzn-query-error': `${code};Sender` } : {};
      const body = JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message, Message: message });
      return { status, headers: { 'content-type': type, 'x-amzn-requestid': requestId, ...old }, body };
    }
  }
};
