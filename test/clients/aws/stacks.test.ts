// The resources of CloudFormation's stacks, by the real client against moto and against answers that moto never gives.
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { clientConfiguration } from '../../../clients/aws/connection.ts';
import { readStackResources } from '../../../clients/aws/stacks.ts';
import { assumeRole } from '../../../clients/aws/sts.ts';
import { connectTo } from '../../setup/connection.ts';
import { type RecordingServer, type Rule, startRecordingServer } from '../../setup/recording-server.ts';
import { randomAccountId } from '../../setup/run-container.ts';

const signal = new AbortController().signal;

let server: RecordingServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const serve = async (rule: Rule, upstream?: string) => {
  server = await startRecordingServer(upstream, rule);
  return connectTo(server.url, 1);
};

const actionOf = (body: Buffer): string => new URLSearchParams(body.toString()).get('Action') ?? '';

const refusal = (code: string, message: string, status = 403) => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
});

const answer = (action: string, result: string) => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result}</${action}Result></${action}Response>`,
});

const stackMember = (name: string) =>
  `<member><StackId>arn:aws:cloudformation:eu-west-1:1:stack/${name}/1</StackId><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime></member>`;

const resourceMember = (type: string, id: string, status = 'CREATE_COMPLETE') =>
  `<member><LogicalResourceId>x</LogicalResourceId><PhysicalResourceId>${id}</PhysicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus><LastUpdatedTimestamp>2026-01-01T00:00:00Z</LastUpdatedTimestamp></member>`;

const bucketTemplate = (bucket: string, topic: string) =>
  JSON.stringify({
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucket } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: topic } },
    },
  });

describe('of an account', () => {
  it('the resources of all stacks that are there are read, region by region', async () => {
    const account = randomAccountId();
    const connection = connectTo(inject('simulator'));
    const credentials = await assumeRole(connection, {
      roleArn: `arn:aws:iam::${account}:role/x`,
      sessionName: 'stacks',
    });
    const own = { ...connection, credentials };
    const create = async (region: string, name: string) => {
      const client = new CloudFormationClient(clientConfiguration({ ...own, region }));
      const bucket = `${name}-${account}`;
      await client.send(
        new CreateStackCommand({ StackName: name, TemplateBody: bucketTemplate(bucket, `${name}-topic`) }),
      );
      return client;
    };
    await create('eu-west-1', 'shop');
    await create('us-east-1', 'logs');
    const client = await create('us-east-1', 'gone');
    await client.send(new DeleteStackCommand({ StackName: 'gone' }));
    const { resources, failures } = await readStackResources({
      ...{ connection: own, regions: ['global', 'eu-west-1', 'us-east-1', 'eu-central-1'], signal },
    });
    expect(failures).toEqual([]);
    const told = resources.map(({ region, stack, resourceType, physicalId }) =>
      [region, stack, resourceType, physicalId].join(' '),
    );
    expect(told.sort()).toEqual([
      `eu-west-1 shop AWS::S3::Bucket shop-${account}`,
      `eu-west-1 shop AWS::SNS::Topic arn:aws:sns:eu-west-1:${account}:shop-topic`,
      `us-east-1 logs AWS::S3::Bucket logs-${account}`,
      `us-east-1 logs AWS::SNS::Topic arn:aws:sns:us-east-1:${account}:logs-topic`,
    ]);
    expect(resources[0]?.stackId).toMatch(/^arn:aws:cloudformation:/);
  });

  it('pages are followed, and what a stack has let go is not its own', async () => {
    const connection = await serve(({ body }) => {
      const asked = new URLSearchParams(body.toString());
      if (asked.get('Action') === 'ListStacks') {
        const next = asked.get('NextToken') === 'second';
        const more = next ? '' : '<NextToken>second</NextToken>';
        return answer('ListStacks', `<StackSummaries>${stackMember(next ? 'b' : 'a')}</StackSummaries>${more}`);
      }
      const stack = asked.get('StackName')?.split('/')[1] ?? '';
      const next = asked.get('NextToken') === 'second';
      const members = next
        ? resourceMember('AWS::SQS::Queue', `${stack}-2`)
        : [
            resourceMember('AWS::SQS::Queue', `${stack}-1`),
            resourceMember('AWS::SQS::Queue', `${stack}-kept`, 'DELETE_SKIPPED'),
            resourceMember('AWS::SQS::Queue', `${stack}-old`, 'DELETE_COMPLETE'),
            resourceMember('AWS::SQS::Queue', '', 'CREATE_IN_PROGRESS'),
          ].join('');
      const more = next ? '' : '<NextToken>second</NextToken>';
      return answer('ListStackResources', `<StackResourceSummaries>${members}</StackResourceSummaries>${more}`);
    });
    const { resources, failures } = await readStackResources({ connection, regions: ['eu-west-1'], signal });
    expect(failures).toEqual([]);
    expect(resources.map(({ physicalId }) => physicalId).sort()).toEqual(['a-1', 'a-2', 'b-1', 'b-2']);
    const statuses = [...new URLSearchParams(server?.requests[0]?.body.toString()).entries()]
      .filter(([name]) => name.startsWith('StackStatusFilter'))
      .map(([, value]) => value);
    expect(statuses).toContain('CREATE_COMPLETE');
    expect(statuses).not.toContain('DELETE_COMPLETE');
  });
});

describe('what is refused', () => {
  it('is a failure of its region, and the other regions are read all the same', async () => {
    const connection = await serve(({ headers, body }) => {
      if (String(headers.authorization).includes('/eu-west-1/'))
        return refusal('AccessDenied', 'not authorized to perform: cloudformation:ListStacks');
      if (actionOf(body) === 'ListStacks')
        return answer('ListStacks', `<StackSummaries>${stackMember('a')}</StackSummaries>`);
      const members = resourceMember('AWS::SQS::Queue', 'q');
      return answer('ListStackResources', `<StackResourceSummaries>${members}</StackResourceSummaries>`);
    });
    const { resources, failures } = await readStackResources({
      ...{ connection, regions: ['eu-west-1', 'us-east-1'], signal },
    });
    expect(resources).toEqual([expect.objectContaining({ region: 'us-east-1', physicalId: 'q' })]);
    expect(failures).toEqual([
      { region: 'eu-west-1', message: expect.stringMatching(/ListStacks in eu-west-1: AccessDenied.*grant the role/s) },
    ]);
  });

  it('is asked once where the resources of every stack are denied', async () => {
    const connection = await serve(({ body }) =>
      actionOf(body) === 'ListStacks'
        ? answer(
            'ListStacks',
            `<StackSummaries>${Array.from({ length: 40 }, (_, at) => stackMember(`s${at}`)).join('')}</StackSummaries>`,
          )
        : refusal('AccessDenied', 'no'),
    );
    const { resources, failures } = await readStackResources({ connection, regions: ['eu-west-1'], signal });
    expect(resources).toEqual([]);
    expect(failures).toEqual([{ region: 'eu-west-1', message: expect.stringContaining('ListStackResources') }]);
    expect(server?.requests.length).toBeLessThan(10);
  });

  it('is nothing where a stack has gone since it was listed, or the region is not enabled', async () => {
    const connection = await serve(({ headers, body }) => {
      if (String(headers.authorization).includes('/ap-east-1/'))
        return refusal('InvalidClientTokenId', 'The security token included in the request is invalid');
      return actionOf(body) === 'ListStacks'
        ? answer('ListStacks', `<StackSummaries>${stackMember('a')}</StackSummaries>`)
        : refusal('ValidationError', 'Stack with id a does not exist', 400);
    });
    expect(await readStackResources({ connection, regions: ['eu-west-1', 'ap-east-1'], signal })).toEqual({
      resources: [],
      failures: [],
    });
  });

  it('and what the signal cuts off are failures too', async () => {
    const stop = new AbortController();
    const connection = await serve(() => {
      stop.abort();
      return 'never';
    });
    const { resources, failures } = await readStackResources({
      ...{ connection, regions: ['eu-west-1'], signal: stop.signal },
    });
    expect(resources).toEqual([]);
    expect(failures).toEqual([{ region: 'eu-west-1', message: expect.stringContaining('AbortError') }]);
  });
});
