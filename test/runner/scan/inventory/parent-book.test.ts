// What parents answer to the inputs of the types below them, and who waits for whom.
import { describe, expect, it } from 'vitest';
import { describeAwsError } from '../../../../clients/aws/errors.ts';
import { type CatalogueType, catalogueType } from '../../../../contract/catalogue/catalogue.ts';
import {
  answerInput,
  createParentBook,
  modelOf,
  type ParentResource,
} from '../../../../runner/scan/inventory/parent-book.ts';

const typesOf = (...names: string[]): CatalogueType[] =>
  names.map(name => {
    const type = catalogueType(name);
    if (type === undefined) throw new Error(`the catalogue has no ${name}`);
    return type;
  });

const resource = (given: Partial<ParentResource>): ParentResource => ({ arn: '', id: '', members: {}, ...given });

const farm = 'arn:aws:deadline:eu-west-1:111122223333:farm/farm-1';
const queue = `${farm}/queue/queue-2`;

describe('an input', () => {
  it.each<[string, Partial<ParentResource>, string | undefined]>([
    ['FunctionName', { id: 'orders', members: { FunctionName: 'orders' } }, 'orders'],
    ['FunctionName', { id: 'x', members: { functionName: 'orders' } }, 'orders'],
    ['FlowArn', { id: farm, members: { Arn: farm } }, farm],
    ['FlowArn', { id: 'f', arn: farm }, farm],
    ['FlowArn', { id: farm }, farm],
    ['FlowArn', { id: 'f' }, undefined],
    ['DomainIdentifier', { id: 'd-1', members: { Name: 'shop' } }, 'd-1'],
    ['PolicyEngineId', { id: farm, members: { Id: 'p-1', Name: 'p' } }, 'p-1'],
    ['FarmId', { id: farm, members: { Name: 'not its id' } }, 'farm-1'],
    ['QueueId', { id: queue }, 'queue-2'],
    ['ChannelGroupName', { id: farm, members: { Name: 'group' } }, 'group'],
    ['ChannelGroupName', { id: farm }, 'farm-1'],
    ['ServiceIdentifier', { id: farm, members: { Name: 'not its id' } }, farm],
    ['ContactFlowId', { id: farm, members: { Name: 'Sales', Id: 'x' } }, farm],
    ['ApplicationIdentifier', { id: 'env-1|app-2', members: { EnvironmentIdentifier: 'env-1' } }, undefined],
    ['ApplicationIdentifier', { id: 'env-1|app-2', members: { ApplicationIdentifier: 'app-2' } }, 'app-2'],
    ['WorkGroup', { id: 'primary', members: { Name: 'primary' } }, 'primary'],
    ['GroupId', { id: '', members: { GroupId: '' } }, undefined],
    ['GroupId', { id: '', members: { GroupId: 7 } }, undefined],
  ])('%s of %o is %s', (input, given, answer) => {
    expect(answerInput(input, resource(given))).toBe(answer);
  });

  it('is not answered with the word that another has already', () => {
    const members = { ApplicationId: 'a-1' };
    expect(modelOf(['IndexId', 'ApplicationId'], resource({ id: 'a-1', members }))).toBeUndefined();
    expect(modelOf(['FarmId', 'QueueId'], resource({ id: queue, members: { FarmId: 'farm-1' } }))).toEqual({
      FarmId: 'farm-1',
      QueueId: 'queue-2',
    });
  });
});

describe('a type below another', () => {
  const [service, listener] = typesOf('AWS::VpcLattice::Service', 'AWS::VpcLattice::Listener') as [
    CatalogueType,
    CatalogueType,
  ];
  const parent = 'AWS::VpcLattice::Service';
  const open = () => createParentBook([service, listener]);

  it('waits until its parents of the same region are all there', async () => {
    const book = open();
    const events: string[] = [];
    const waiting = book.parentsOf('eu-west-1', listener).then(parents => {
      events.push('answered');
      return parents;
    });
    book.close('us-east-1', parent, null);
    book.note('eu-west-1', parent, resource({ id: 'svc-1' }));
    await Promise.resolve();
    events.push('closed');
    book.close('eu-west-1', parent, null);
    expect(await waiting).toEqual({ models: [{ ServiceIdentifier: 'svc-1' }], truncated: 0, end: null });
    expect(events).toEqual(['closed', 'answered']);
  });

  it('asks once about parents that answer alike', async () => {
    const book = open();
    for (let time = 0; time < 3; time += 1) book.note('eu-west-1', parent, resource({ id: 'svc-1' }));
    book.close('eu-west-1', parent, null);
    expect((await book.parentsOf('eu-west-1', listener)).models).toHaveLength(1);
  });

  it('says how many parents are beyond the cap, for itself alone', async () => {
    const types = typesOf('AWS::Bedrock::Flow', 'AWS::Bedrock::FlowAlias', 'AWS::Bedrock::FlowVersion');
    const book = createParentBook(types);
    for (let at = 0; at < 2_003; at += 1) book.note('eu-west-1', 'AWS::Bedrock::Flow', resource({ id: `arn:f/${at}` }));
    book.close('eu-west-1', 'AWS::Bedrock::Flow', null);
    for (const type of types.slice(1)) {
      const { models, truncated } = await book.parentsOf('eu-west-1', type);
      expect([models.length, truncated]).toEqual([2_000, 3]);
    }
  });

  it('passes on why parents are unknown, and says that parents do not answer', async () => {
    const end = describeAwsError({ name: 'AccessDeniedException', message: 'no' });
    const book = open();
    book.close('eu-west-1', parent, end);
    expect(await book.parentsOf('eu-west-1', listener)).toEqual({ models: [], truncated: 0, end });
    book.note('us-east-1', parent, resource({}));
    book.close('us-east-1', parent, null);
    expect((await book.parentsOf('us-east-1', listener)).end).toMatchObject({
      kind: 'unsupported',
      code: 'ParentUnanswered',
    });
  });

  it('cannot be asked for where its parents are not listed', async () => {
    const book = createParentBook([listener]);
    expect((await book.parentsOf('eu-west-1', listener)).end).toMatchObject({ kind: 'unsupported' });
  });
});
