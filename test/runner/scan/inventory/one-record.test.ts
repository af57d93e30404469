// One resource is one record, whoever shows it; what a record says of it; and which types a scan is told to list.
import { afterEach, describe, expect, it } from 'vitest';
import { endScans, home, scan, tagged } from './scan-of.ts';

afterEach(endScans);

const guardrail = 'AWS::Bedrock::Guardrail';
const arnOf = (account: string, resource: string, region = home) =>
  `arn:aws:${resource.replace('{}', `${region}:${account}`)}`;

describe('a resource that Cloud Control and the Tagging API show', () => {
  const account = '111122223333';

  it('is one record by its ARN', async () => {
    const arn = arnOf(account, 'bedrock:{}:guardrail/g-1');
    const resources = [
      { identifier: arn, properties: { GuardrailArn: arn, Name: 'shield', Tags: [{ Key: 'own', Value: '1' }] } },
    ];
    const { records, outcome, cell } = await scan({
      model: { everywhere: { [guardrail]: { resources } } },
      types: [guardrail],
      rule: tagged({ arn, tags: { team: 'a' } }),
    });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      resourceType: guardrail,
      resourceId: arn,
      tags: { own: '1', team: 'a' },
      sources: ['cloud-control', 'tagging'],
    });
    expect(outcome(guardrail)).toBe('listed');
    expect(cell('tagging')).toMatchObject({ tier: 'account', outcome: 'listed', resources: 1 });
  });

  it('is one record by its type and identifier, where the listing tells no ARN', async () => {
    const type = 'AWS::CleanRooms::Membership';
    const arn = arnOf(account, 'cleanrooms:{}:membership/m-1');
    const { records } = await scan({
      model: { everywhere: { [type]: { resources: [{ identifier: 'm-1' }], identifiersOnly: true } } },
      types: [type],
      rule: tagged({ arn, tags: { team: 'a' } }),
    });
    expect(records).toMatchObject([{ resourceId: 'm-1', tags: { team: 'a' }, sources: ['cloud-control', 'tagging'] }]);
  });

  it('is one record where no table knows the form of its ARN', async () => {
    const type = 'AWS::KafkaConnect::Connector';
    const arn = arnOf(account, 'kafkaconnect:{}:connector/c/1-2-3');
    const { records } = await scan({
      model: { everywhere: { [type]: { resources: [{ identifier: arn }] } } },
      types: [type],
      rule: tagged({ arn, tags: { team: 'a' } }),
    });
    expect(records).toMatchObject([{ resourceType: type, tags: { team: 'a' }, sources: ['cloud-control', 'tagging'] }]);
  });

  it('stays one record when a cap leaves it out', async () => {
    const arns = ['a', 'b', 'c'].map(name => arnOf(account, `bedrock:{}:guardrail/${name}`));
    const { records } = await scan({
      model: { everywhere: { [guardrail]: { resources: arns.map(identifier => ({ identifier })) } } },
      types: [guardrail],
      maxPerType: 1,
      rule: tagged(...arns.map(arn => ({ arn, tags: {} }))),
    });
    expect(records).toHaveLength(1);
  });

  it('is a record of the Tagging API alone where its type cannot be listed', async () => {
    const arn = arnOf(account, 'bedrock:{}:guardrail/g-1');
    const { records, outcome } = await scan({
      model: { everywhere: { [guardrail]: { broken: { message: 'Internal Failure' } } } },
      types: [guardrail],
      rule: tagged({ arn, tags: { Name: 'shield' } }),
    });
    expect(outcome(guardrail)).toBe('failed');
    expect(records).toMatchObject([{ resourceType: guardrail, name: 'shield', sources: ['tagging'], region: home }]);
  });
});

describe('a resource of no region', () => {
  it('that several regions list is one record', async () => {
    const type = 'AWS::IoTCoreDeviceAdvisor::SuiteDefinition';
    const arn = 'arn:aws:iotdeviceadvisor::111122223333:suitedefinition/s-1';
    const { records, outcome } = await scan({
      model: {
        everywhere: { [type]: { resources: [{ identifier: 's-1', properties: { SuiteDefinitionArn: arn } }] } },
      },
      types: [type],
      regions: [home, 'us-east-1', 'eu-central-1'],
    });
    expect(records.filter(({ resource }) => resource.arn === arn)).toHaveLength(1);
    const outcomes = [home, 'us-east-1', 'eu-central-1'].map(region => outcome(type, region));
    expect(outcomes.toSorted()).toEqual(['empty', 'empty', 'listed']);
  });
});

describe('a record', () => {
  it('has what people ask of every resource, and no secret', async () => {
    const bot = 'AWS::Lex::Bot';
    const { records, account } = await scan({
      model: {
        everywhere: {
          [bot]: {
            resources: [
              {
                identifier: 'B1',
                properties: {
                  Name: 'clerk',
                  CreatedAt: '2026-11-22T04:05:06Z',
                  AccessToken: 'shh',
                  Nested: { ApiKey: 'shh', EnvironmentVariables: { PASSWORD: 'shh' }, SecretArn: 'arn:aws:x:y:z' },
                  EnvironmentVariables: [{ Name: 'PLAIN', Value: 'shh' }],
                  BotTags: [{ Key: 'team', Value: 'a' }],
                },
              },
            ],
          },
        },
      },
      types: [bot],
    });
    const [record] = records;
    expect(JSON.stringify(record)).not.toContain('shh');
    expect(record).toMatchObject({
      account,
      service: 'Lex',
      region: home,
      resourceType: bot,
      resourceId: 'B1',
      name: 'clerk',
      createdAt: '2026-11-22T04:05:06.000Z',
      tags: { team: 'a' },
      resource: {
        type: 'bot',
        properties: {
          Name: 'clerk',
          AccessToken: '[redacted]',
          Nested: {
            ApiKey: '[redacted]',
            EnvironmentVariables: { PASSWORD: '[redacted]' },
            SecretArn: 'arn:aws:x:y:z',
          },
          EnvironmentVariables: [{ Name: 'PLAIN', Value: '[redacted]' }],
        },
      },
    });
    expect(record?.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  });
});

describe('a selection', () => {
  const listedBy = async (given: Parameters<typeof scan>[0]): Promise<string[]> => {
    const { cells } = await scan(given);
    return cells.filter(({ tier }) => tier !== 'account').map(({ type }) => type);
  };

  it.each<[string, string]>([
    ['the key of a service', 'sqs'],
    ['aws-recon’s name of it', 'SQS'],
    ['CloudFormation’s namespace', 'VpcLattice'],
  ])('names a service by %s', async (_name, name) => {
    const types = await listedBy({ services: [name] });
    expect(types.length).toBeGreaterThan(0);
    const namespace = name.toLowerCase();
    expect(types.filter(type => type.split('::')[1]?.toLowerCase() !== namespace)).toEqual([]);
  });

  it('leaves out what is excluded, and asks for none of it', async () => {
    const { cells, asked } = await scan({ services: ['Bedrock'], exclude: ['AWS::Bedrock::Flow*', guardrail] });
    const types = cells.map(({ type }) => type);
    expect(types).toContain('AWS::Bedrock::Agent');
    expect(types.filter(type => /Flow|::Guardrail$/.test(type))).toEqual([]);
    expect(asked.filter(line => /Flow|::Guardrail$/.test(line))).toEqual([]);
  });

  it('reports nothing else that the Tagging API shows', async () => {
    const { records } = await scan({
      types: [guardrail],
      rule: tagged(
        { arn: arnOf('111122223333', 'bedrock:{}:flow/f-1'), tags: {} },
        { arn: 'arn:aws:x:::y/z', tags: {} },
      ),
    });
    expect(records).toEqual([]);
  });
});
