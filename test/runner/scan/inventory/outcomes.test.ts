// Each outcome of the inventory, with the server that provokes it: what a cell says, and whether the account is partial.
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { clientConfiguration } from '../../../../clients/aws/connection.ts';
import type { AccountModel, TypeModel } from '../../../servers/account-model.ts';
import type { Rule } from '../../../setup/recording-server.ts';
import { endScans, home, inputOf, jsonRefusal, operationOf, type ScanRequest, scan } from './scan-of.ts';

afterEach(endScans);

const guardrail = 'AWS::Bedrock::Guardrail';
const flow = 'AWS::Bedrock::Flow';
const project = 'AWS::Rekognition::Project';

const everywhere = (types: Readonly<Record<string, TypeModel>>): AccountModel => ({ everywhere: types });
const ids = (...names: string[]) => names.map(identifier => ({ identifier }));

/** One type that answers as the model has it, beside one that answers well. */
const scanType = (type: TypeModel, given: Partial<ScanRequest> = {}) =>
  scan({ model: everywhere({ [project]: type }), types: [guardrail, project], ...given });

describe('a type of Cloud Control', () => {
  it('is listed or empty', async () => {
    const { cell, verdict, resources, records } = await scanType({ resources: ids('a', 'b') });
    expect(cell(project)).toEqual({
      type: project,
      service: 'Rekognition',
      tier: 'cloud-control',
      region: home,
      outcome: 'listed',
      resources: 2,
    });
    expect(cell(guardrail)).toMatchObject({ outcome: 'empty', resources: 0 });
    expect([verdict.outcome, resources, records.length]).toEqual(['succeeded', 2, 2]);
  });

  it.each<[string, TypeModel, string, object]>([
    [
      'denied where a policy is missing',
      { denied: { permission: 'rekognition:DescribeProjects' } },
      'partial',
      { outcome: 'denied', action: 'rekognition:DescribeProjects' },
    ],
    [
      'denied where the handler hides it in a GeneralServiceException',
      { denied: { permission: 'rekognition:DescribeProjects', as: 'GeneralServiceException' } },
      'partial',
      { outcome: 'denied', action: 'rekognition:DescribeProjects' },
    ],
    [
      'not-enabled where nobody subscribed',
      { notEnabled: 'Account 1 is not subscribed to Rekognition' },
      'succeeded',
      { outcome: 'not-enabled' },
    ],
    [
      'not-enabled where it is for others',
      { notEnabled: 'This API is available to the management account' },
      'succeeded',
      { outcome: 'not-enabled' },
    ],
    ['not-enabled where it is off', { notEnabled: 'Macie is not enabled.' }, 'succeeded', { outcome: 'not-enabled' }],
    ['not-in-region where the type is unknown', { absent: true }, 'succeeded', { outcome: 'not-in-region' }],
    ['unsupported where it cannot be listed', { unsupported: true }, 'succeeded', { outcome: 'unsupported' }],
    [
      'unsupported where it wants an input that nobody knows',
      { required: ['Scope'] },
      'succeeded',
      { outcome: 'unsupported' },
    ],
    ['throttled when it is for ever', { throttled: Number.POSITIVE_INFINITY }, 'partial', { outcome: 'throttled' }],
    [
      'failed where its handler breaks in the only region',
      { broken: { message: 'Internal Failure' } },
      'partial',
      { outcome: 'failed' },
    ],
    [
      'failed where its handler breaks halfway, with what was listed until then',
      { resources: ids('a', 'b', 'c'), pageSize: 2, broken: { message: 'Internal Failure', afterPages: 1 } },
      'partial',
      { outcome: 'failed', resources: 2 },
    ],
  ])('is %s', async (_name, type, verdict, cell) => {
    const result = await scanType(type);
    expect(result.cell(project)).toMatchObject(cell);
    expect(result.cell(project)?.error).toMatch(/^\w+: ./);
    expect(result.outcome(guardrail)).toBe('empty');
    expect(result.verdict.outcome).toBe(verdict);
  });

  it('is denied by a policy above the account, which makes nothing partial', async () => {
    const message = `User: x is not authorized to perform: rekognition:DescribeProjects with an explicit deny in a service control policy`;
    const rule: Rule = request =>
      operationOf(request) === 'ListResources' && inputOf(request)['TypeName'] === project
        ? jsonRefusal('AccessDeniedException', message)
        : undefined;
    const { cell, verdict } = await scanType({}, { rule });
    expect(cell(project)).toMatchObject({
      outcome: 'denied',
      byServiceControlPolicy: true,
      action: 'rekognition:DescribeProjects',
    });
    expect(verdict.outcome).toBe('succeeded');
  });

  it('is listed after it was throttled, and the time that it cost is reported', async () => {
    const { outcome, verdict, requests } = await scanType({ resources: ids('a'), throttled: 2 }, { maxAttempts: 5 });
    expect([outcome(project), verdict.outcome]).toEqual(['listed', 'succeeded']);
    expect(requests).toMatchObject({ throttled: 2, slowed: [{ service: 'cloudcontrol', region: home, throttled: 2 }] });
    expect(requests.throttledSeconds).toBeGreaterThan(0);
    expect(requests.requests).toBeGreaterThanOrEqual(4);
  });

  it('is unsupported where its handler breaks in every region that was asked', async () => {
    const regions = [home, 'us-east-1'];
    const { outcome, verdict } = await scanType({ broken: { message: 'Internal Failure' } }, { regions });
    expect(regions.map(region => outcome(project, region))).toEqual(['unsupported', 'unsupported']);
    expect(verdict.outcome).toBe('succeeded');
  });

  it('is failed where its handler breaks in one of two regions', async () => {
    const model = {
      regions: { [home]: { types: { [project]: { broken: { message: 'Internal Failure' } } } } },
    };
    const { outcome, verdict } = await scan({ model, types: [project], regions: [home, 'us-east-1'] });
    expect([outcome(project), outcome(project, 'us-east-1')]).toEqual(['failed', 'empty']);
    expect(verdict.outcome).toBe('partial');
  });

  it('stays throttled where its handler says so in every region', async () => {
    const broken = { code: 'GeneralServiceException', message: 'Rate exceeded' } as const;
    const { outcome, verdict } = await scanType({ broken }, { regions: [home, 'us-east-1'] });
    expect([outcome(project), outcome(project, 'us-east-1')]).toEqual(['throttled', 'throttled']);
    expect(verdict).toMatchObject({ outcome: 'partial', code: 'services-throttled' });
  });

  it('is listed behind empty pages', async () => {
    const { cell, server } = await scanType({ resources: ids('a', 'b', 'c'), emptyPages: 3, pageSize: 2 });
    expect(cell(project)).toMatchObject({ outcome: 'listed', resources: 3 });
    expect(server.requests.filter(({ typeName }) => typeName === project)).toHaveLength(5);
  });

  it('is failed where the next page is the same page for ever', async () => {
    const page = { TypeName: project, ResourceDescriptions: [{ Identifier: 'a' }], NextToken: 'again' };
    const rule: Rule = request =>
      operationOf(request) === 'ListResources' && inputOf(request)['TypeName'] === project
        ? { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(page) }
        : undefined;
    const { cell, verdict } = await scanType({}, { rule });
    expect(cell(project)).toMatchObject({ outcome: 'failed', error: expect.stringContaining('EndlessListing') });
    expect(verdict.outcome).toBe('partial');
  });

  it('may tell nothing but identifiers, or properties that are none', async () => {
    const texts = ['{"Name":', '[]', 'null', '7', ''];
    const resources = texts.map((properties, at) => ({ identifier: `p${at}`, properties }));
    const { outcome, records } = await scan({
      model: everywhere({ [project]: { resources }, [flow]: { resources: ids('f'), identifiersOnly: true } }),
      types: [project, flow],
    });
    expect([outcome(project), outcome(flow)]).toEqual(['listed', 'listed']);
    expect(records.map(({ resourceId }) => resourceId).sort()).toEqual(['f', 'p0', 'p1', 'p2', 'p3', 'p4']);
    expect(records.map(({ resource }) => resource['properties'])).toEqual(records.map(() => ({})));
  });

  it('survives an answer without descriptions, and a description without identifier', async () => {
    const { outcome } = await scan({
      model: everywhere({ [project]: { withoutDescriptions: true }, [flow]: { resources: [{ properties: {} }] } }),
      types: [project, flow],
    });
    expect([outcome(project), outcome(flow)]).toEqual(['empty', 'empty']);
  });
});

describe('a type with calls of its own', () => {
  const queue = 'AWS::SQS::Queue';
  const topic = 'AWS::SNS::Topic';
  const seed: ScanRequest['seed'] = async connection => {
    await new SQSClient(clientConfiguration(connection)).send(new CreateQueueCommand({ QueueName: 'orders' }));
  };

  it('is listed or empty', async () => {
    const { cell, verdict } = await scan({ types: [queue, topic], seed });
    expect(cell(queue)).toEqual({
      type: queue,
      service: 'SQS',
      tier: 'native',
      region: home,
      outcome: 'listed',
      resources: 1,
    });
    expect(cell(topic)).toMatchObject({ outcome: 'empty', tier: 'native' });
    expect(verdict.outcome).toBe('succeeded');
  });

  const list = 'User: x is not authorized to perform: sqs:ListQueues';
  it.each<[string, string, string, string, object]>([
    ['denied', 'AccessDeniedException', `${list} because no policy allows it`, 'partial', { action: 'sqs:ListQueues' }],
    ['denied', 'AccessDeniedException', 'no', 'partial', { action: 'sqs:ListQueues' }],
    [
      'denied',
      'AccessDeniedException',
      `${list} in a service control policy`,
      'succeeded',
      { byServiceControlPolicy: true },
    ],
    ['not-enabled', 'OptInRequired', 'You are not subscribed to this service', 'succeeded', {}],
    ['unsupported', 'UnknownOperationException', 'what?', 'succeeded', {}],
    ['throttled', 'ThrottlingException', 'Rate exceeded', 'partial', {}],
    ['failed', 'ValidationException', 'bad input', 'partial', {}],
  ])('is %s by %s: %s', async (outcome, code, message, verdict, cell) => {
    const rule: Rule = request => (operationOf(request) === 'ListQueues' ? jsonRefusal(code, message) : undefined);
    const result = await scan({ types: [queue, topic], rule });
    expect(result.cell(queue)).toMatchObject({ outcome, error: `${code}: ${message}`, ...cell });
    expect(result.outcome(topic)).toBe('empty');
    expect(result.verdict.outcome).toBe(verdict);
  });

  it('is listed after it was throttled', async () => {
    let times = 2;
    const rule: Rule = request =>
      operationOf(request) === 'ListQueues' && times-- > 0
        ? jsonRefusal('ThrottlingException', 'Rate exceeded')
        : undefined;
    const { outcome, requests } = await scan({ types: [queue], seed, rule, maxAttempts: 5 });
    expect(outcome(queue)).toBe('listed');
    expect(requests.slowed).toMatchObject([{ service: 'sqs', region: home, throttled: 2 }]);
  });
});

describe('credentials that expire in the middle', () => {
  it('end the scan, which keeps what it has', async () => {
    let listings = 0;
    const rule: Rule = request => {
      if (operationOf(request) !== 'ListResources') return undefined;
      listings += 1;
      return listings > 2 ? jsonRefusal('ExpiredTokenException', 'The security token is expired') : undefined;
    };
    const model = everywhere({ [guardrail]: { resources: ids('a', 'b'), pageSize: 1 } });
    const { cell, verdict, records, cells } = await scan({ model, services: ['Bedrock'], rule });
    expect(verdict).toMatchObject({ outcome: 'partial', code: 'credentials-expired' });
    expect(cells.length).toBeGreaterThan(15);
    expect(cells.every(({ outcome }) => ['listed', 'empty', 'failed'].includes(outcome))).toBe(true);
    expect(cell('AWS::Bedrock::Prompt')).toMatchObject({ outcome: 'failed', error: expect.stringMatching(/expired/i) });
    expect(records.length).toBeLessThanOrEqual(2);
    expect(listings).toBeLessThan(20);
  });
});

describe('a scan that is stopped', () => {
  it.each(['first', 'later'])('at its %s listing has an outcome for every type, and keeps what it has', async when => {
    const end = new AbortController();
    const stopAt = when === 'first' ? 'AWS::Bedrock::Agent' : guardrail;
    const rule: Rule = request => {
      if (operationOf(request) !== 'ListResources' || inputOf(request)['TypeName'] !== stopAt) return undefined;
      end.abort();
      return 'never';
    };
    const model = everywhere({ 'AWS::Bedrock::Agent': { resources: ids('a') } });
    const { cells, cell, verdict, records } = await scan({ model, services: ['Bedrock'], rule, signal: end.signal });
    expect(cells.filter(({ tier }) => tier === 'cloud-control').length).toBeGreaterThan(15);
    expect(cell(stopAt)).toMatchObject({ outcome: 'failed', error: expect.stringContaining('not finished') });
    expect(verdict).toMatchObject({ outcome: 'partial', code: 'scan-deadline' });
    expect(records).toHaveLength(when === 'first' ? 0 : 1);
  });
});

describe('an outcome that settings expect', () => {
  const denied: TypeModel = { denied: { permission: 'rekognition:DescribeProjects' } };
  const accepted = [{ type: 'AWS::Rekognition::*', region: 'eu-*', outcome: 'denied', reason: 'nobody uses it' }];

  it('is counted and shown, and makes nothing partial', async () => {
    const { cell, verdict } = await scanType(denied, { accepted });
    expect(cell(project)).toMatchObject({ outcome: 'denied', accepted: 'nobody uses it' });
    expect(verdict).toEqual({ outcome: 'succeeded' });
  });

  it('is expected for its type, region and outcome alone', async () => {
    for (const other of [{ region: 'us-*' }, { type: 'AWS::Bedrock::*' }, { outcome: 'failed' }]) {
      const { cell, verdict } = await scanType(denied, { accepted: accepted.map(each => ({ ...each, ...other })) });
      expect(cell(project)).not.toHaveProperty('accepted');
      expect(verdict.outcome).toBe('partial');
      await endScans();
    }
  });
});

describe('a cap', () => {
  it('cuts a type in a region, counts what it left out, and makes the account partial', async () => {
    const resources = ids(...Array.from({ length: 45 }, (_none, at) => `p${at}`));
    const { cell, verdict, records } = await scanType({ resources }, { maxPerType: 30 });
    expect(cell(project)).toMatchObject({ outcome: 'listed', resources: 30, truncated: 15 });
    expect(verdict).toMatchObject({ outcome: 'partial', code: 'resources-truncated' });
    expect(records).toHaveLength(30);
  });
});

describe('Cloud Control itself', () => {
  const services = ['Bedrock', 'VpcLattice'];
  const refuse =
    (code: string, message: string): Rule =>
    request =>
      operationOf(request) === 'ListResources' ? jsonRefusal(code, message) : undefined;

  it.each<[string, string, string, string]>([
    ['is not known to the endpoint', 'UnknownOperationException', 'what?', 'unsupported'],
    [
      'may not be asked',
      'AccessDeniedException',
      'User: x is not authorized to perform: cloudformation:ListResources',
      'denied',
    ],
    ['does not know the credentials', 'UnrecognizedClientException', 'The security token is invalid', 'not-enabled'],
    ['finds the credentials expired', 'ExpiredTokenException', 'expired', 'failed'],
  ])('%s: it is asked once, and every type has its outcome', async (_name, code, message, outcome) => {
    const { cells, ruled } = await scan({ services, rule: refuse(code, message), regions: [home] });
    const types = cells.filter(({ tier }) => tier === 'cloud-control');
    expect(types.length).toBeGreaterThan(25);
    const outcomes = new Set(types.map(cell => cell.outcome));
    // Credentials that a region alone does not know: the Tagging API has answered there, so that they are refused.
    expect([...outcomes]).toEqual([outcome === 'not-enabled' ? 'denied' : outcome]);
    expect(ruled).toHaveLength(1);
  });

  it('is asked on where one type alone is refused', async () => {
    const model = everywhere({ 'AWS::Bedrock::Agent': { denied: { permission: 'bedrock:ListAgents' } } });
    const { outcome, asked } = await scan({ model, services: ['Bedrock'] });
    expect(outcome('AWS::Bedrock::Agent')).toBe('denied');
    expect(outcome(guardrail)).toBe('empty');
    expect(asked.length).toBeGreaterThan(10);
  });

  it('is asked for one type alone before the others', async () => {
    const { server } = await scan({ services: ['Bedrock'] });
    const listings = server.requests.filter(({ action }) => action === 'ListResources');
    expect(listings[0]?.typeName).toBe('AWS::Bedrock::Agent');
    expect(listings.length).toBeGreaterThan(10);
  });
});
