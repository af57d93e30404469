// The ARN and the record of what Cloud Control lists.
import { describe, expect, it } from 'vitest';
import { parseArn } from '../../../../contract/catalogue/arn.ts';
import { identifierOf, typeOfArn } from '../../../../contract/catalogue/arn-types.ts';
import { catalogueType } from '../../../../contract/catalogue/catalogue.ts';
import {
  arnOfControlled,
  controlledRecord,
  identifierParts,
  type Properties,
} from '../../../../runner/scan/inventory/cloud-control-record.ts';

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const arn = (text: string): string => `arn:aws:${text.replace('{}', 'eu-west-1:111122223333')}`;

describe('the ARN', () => {
  it.each<[string, string, Properties, string]>([
    ['AWS::Bedrock::Guardrail', 'g', { GuardrailArn: arn('bedrock:{}:guardrail/g') }, arn('bedrock:{}:guardrail/g')],
    ['AWS::Bedrock::Flow', 'x', { Arn: arn('bedrock:{}:flow/f') }, arn('bedrock:{}:flow/f')],
    ['AWS::Bedrock::Flow', arn('bedrock:{}:flow/f'), {}, arn('bedrock:{}:flow/f')],
    [
      'AWS::Bedrock::FlowAlias',
      `${arn('bedrock:{}:flow/f/alias/a')}|${arn('bedrock:{}:flow/f')}`,
      {},
      arn('bedrock:{}:flow/f/alias/a'),
    ],
    ['AWS::Bedrock::FlowAlias', `${arn('bedrock:{}:flow/f')}|too|many`, {}, ''],
    ['AWS::Bedrock::Agent', 'A1', {}, arn('bedrock:{}:agent/A1')],
    ['AWS::Bedrock::Agent', 'A1', { Arn: 7, RoleArn: arn('iam::1:role/r') }, arn('bedrock:{}:agent/A1')],
    ['AWS::CleanRooms::Membership', 'm-1', {}, arn('cleanrooms:{}:membership/m-1')],
    ['AWS::GameLift::GameSessionQueue', 'q', {}, arn('gamelift:{}:gamesessionqueue/q')],
    ['AWS::GameLift::Location', 'custom-1', {}, ''],
    ['AWS::Lex::Bot', 'B1', {}, ''],
    ['AWS::Cassandra::Table', 'k|t', {}, ''],
    ['AWS::None::AtAll', 'x', {}, ''],
  ])('of %s %s with %o is %s', (type, identifier, properties, expected) => {
    expect(arnOfControlled(type, { identifier, properties }, place)).toBe(expected);
  });

  it('of another partition is of that partition', () => {
    const resource = { identifier: 'A1', properties: {} };
    expect(arnOfControlled('AWS::Bedrock::Agent', resource, { ...place, partition: 'aws-cn' })).toMatch(/^arn:aws-cn:/);
  });
});

describe('the identifier', () => {
  it.each<[string, string, object]>([
    ['AWS::Cassandra::Table', 'k|t', { KeyspaceName: 'k', TableName: 't' }],
    ['AWS::Cassandra::Table', 'k', {}],
    ['AWS::QuickSight::RefreshSchedule', '1|d|s', { AwsAccountId: '1', DataSetId: 'd', ScheduleId: 's' }],
    ['AWS::None::AtAll', 'x', {}],
  ])('of %s %s has the parts %o', (type, identifier, parts) => {
    expect(identifierParts(type, identifier)).toEqual(parts);
  });

  it.each<[string, string, string]>([
    ['AWS::Bedrock::Agent', 'A1', 'bedrock:{}:agent/A1'],
    ['AWS::CleanRooms::Membership', 'm-1', 'cleanrooms:{}:membership/m-1'],
    ['AWS::GameLift::GameSessionQueue', 'q', 'gamelift:{}:gamesessionqueue/q'],
  ])('of %s is the same in its ARN', (type, identifier, text) => {
    const found = parseArn(arn(text));
    expect(found && typeOfArn(found).cloudFormationType).toBe(type);
    expect(identifierOf(arn(text))).toBe(identifier);
  });
});

describe('a record', () => {
  const record = (type: string, properties: Properties, tagged?: Record<string, string>) => {
    const row = catalogueType(type);
    if (row === undefined) throw new Error(`the catalogue has no ${type}`);
    const resource = { identifier: 'x', properties };
    return controlledRecord({ type: row, place, resource, takeTags: () => tagged, seen: new Date(0) });
  };

  it.each<[string, Properties]>([
    ['AWS::Bedrock::Agent', { Tags: { b: '2', a: '1' } }],
    [
      'AWS::Rekognition::Project',
      {
        Tags: [
          { Key: 'b', Value: '2' },
          { Key: 'a', Value: '1' },
        ],
      },
    ],
    [
      'AWS::Lex::Bot',
      {
        BotTags: [
          { Key: 'b', Value: '2' },
          { Key: 'a', Value: '1' },
        ],
        Tags: [{ Key: 'no', Value: '' }],
      },
    ],
  ])('of %s has its tags, sorted, from %o', (type, properties) => {
    expect(Object.entries(record(type, properties).tags)).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  it('has the tags of both witnesses, its own above the other’s', () => {
    const { tags, sources } = record('AWS::Bedrock::Agent', { Tags: { a: 'own' } }, { a: 'other', b: '2' });
    expect([tags, sources]).toEqual([{ a: 'own', b: '2' }, ['cloud-control', 'tagging']]);
    expect(record('AWS::Bedrock::Agent', {}, {}).sources).toEqual(['cloud-control', 'tagging']);
    expect(record('AWS::Bedrock::Agent', {}).sources).toEqual(['cloud-control']);
  });

  it('of a global type says global', () => {
    expect(record('AWS::NetworkManager::GlobalNetwork', {}).region).toBe('global');
    expect(record('AWS::Bedrock::Agent', {}).region).toBe('eu-west-1');
  });
});
