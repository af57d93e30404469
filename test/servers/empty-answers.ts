// What the million server says where it has nothing: the caller's identity, its one region, and empty listings of all else.
import { randomUUID } from 'node:crypto';
import type { RequestFacts } from '../../clients/simulator/request-facts.ts';
import type { WireAnswer } from './wire.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

const xml = (body: string): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

const queryAnswer = (action: string, result: string): WireAnswer =>
  xml(
    `<${action}Response><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  );

const ec2Answer = (action: string, result: string): WireAnswer =>
  xml(
    `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>${randomUUID()}</requestId>${result}</${action}Response>`,
  );

const callerIdentity = ({ account }: Place): string =>
  `<Arn>arn:aws:sts::${account}:assumed-role/inventory/scan</Arn><UserId>AROAEXAMPLE:scan</UserId><Account>${account}</Account>`;

const regions = ({ region }: Place): string =>
  `<regionInfo><item><regionName>${region}</regionName><regionEndpoint>ec2.${region}.amazonaws.com</regionEndpoint><optInStatus>opt-in-not-required</optInStatus></item></regionInfo>`;

const emptyJson = (type: string): WireAnswer => ({ status: 200, headers: { 'content-type': type }, body: '{}' });

const unknown: WireAnswer = {
  status: 400,
  headers: { 'content-type': 'text/xml' },
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>UnknownOperationException</Code><Message>It is not played here</Message></Error></ErrorResponse>',
};

export const answerEmpty = (asked: RequestFacts, place: Place): WireAnswer => {
  const { service, action, protocol } = asked;
  if (action === 'GetCallerIdentity') return queryAnswer(action, callerIdentity(place));
  if (protocol === 'ec2') return ec2Answer(action, action === 'DescribeRegions' ? regions(place) : '');
  if (protocol === 'query') return queryAnswer(action, '');
  if (action === 'ListBuckets')
    return xml('<ListAllMyBucketsResult><Owner><ID>x</ID></Owner><Buckets></Buckets></ListAllMyBucketsResult>');
  if (protocol === 'rest-xml' || service === 'cloudfront' || service === 'route53') return unknown;
  return emptyJson(asked.headers['content-type'] ?? 'application/json');
};
