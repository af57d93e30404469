// Types that need an input: parents before children, fixed values, the account's own id; and the region of global types.
import { afterEach, describe, expect, it } from 'vitest';
import { isAnsweredIn } from '../../../../contract/catalogue/global-scope.ts';
import type { TypeModel } from '../../../servers/account-model.ts';
import type { Rule } from '../../../setup/recording-server.ts';
import { endScans, home, inputOf, jsonRefusal, operationOf, scan } from './scan-of.ts';

afterEach(endScans);

const service = 'AWS::VpcLattice::Service';
const listener = 'AWS::VpcLattice::Listener';
const rule = 'AWS::VpcLattice::Rule';
const lattice = [service, listener, rule];

const arn = (path: string): string => `arn:aws:vpc-lattice:${home}:111122223333:${path}`;
const svc = (name: string) => arn(`service/svc-${name}`);

const parentsAndChildren: Readonly<Record<string, TypeModel>> = {
  [service]: {
    resources: ['a', 'b'].map(name => ({
      identifier: svc(name),
      properties: { Arn: svc(name), Name: `name-${name}` },
    })),
  },
  [listener]: {
    required: ['ServiceIdentifier'],
    resources: [
      { identifier: `${svc('a')}/listener/l-1`, properties: {}, under: { ServiceIdentifier: svc('a') } },
      { identifier: `${svc('b')}/listener/l-2`, properties: {}, under: { ServiceIdentifier: svc('b') } },
    ],
  },
  [rule]: {
    required: ['ServiceIdentifier', 'ListenerIdentifier'],
    resources: [
      {
        identifier: `${svc('b')}/listener/l-2/rule/r-1`,
        under: { ServiceIdentifier: svc('b'), ListenerIdentifier: `${svc('b')}/listener/l-2` },
      },
    ],
  },
};

const without = (type: string, model: TypeModel) => ({ everywhere: { ...parentsAndChildren, [type]: model } });

describe('parents', () => {
  it('are listed before their children, whose children follow', async () => {
    const { asked, cells, verdict, records } = await scan({
      model: { everywhere: parentsAndChildren },
      types: lattice,
    });
    expect(asked.filter(line => line.includes(service))).toEqual([`${home} ${service}`]);
    expect(asked.filter(line => line.includes(listener))).toEqual([
      `${home} ${listener} {"ServiceIdentifier":"${svc('a')}"}`,
      `${home} ${listener} {"ServiceIdentifier":"${svc('b')}"}`,
    ]);
    expect(asked.filter(line => line.includes(rule))).toEqual([
      `${home} ${rule} {"ServiceIdentifier":"${svc('a')}","ListenerIdentifier":"${svc('a')}/listener/l-1"}`,
      `${home} ${rule} {"ServiceIdentifier":"${svc('b')}","ListenerIdentifier":"${svc('b')}/listener/l-2"}`,
    ]);
    const counts = Object.fromEntries(cells.map(({ type, resources }) => [type, resources]));
    expect(counts).toMatchObject({ [service]: 2, [listener]: 2, [rule]: 1 });
    expect(verdict.outcome).toBe('succeeded');
    expect(records.find(({ resourceType }) => resourceType === rule)?.resource['properties']).toEqual({
      ServiceIdentifier: svc('b'),
      ListenerIdentifier: `${svc('b')}/listener/l-2`,
    });
  });

  it('tell the parts of their identifier, whatever else they tell', async () => {
    const [application, environment, route] = [
      'AWS::RefactorSpaces::Application',
      'AWS::RefactorSpaces::Environment',
      'AWS::RefactorSpaces::Route',
    ] as const;
    const model = {
      everywhere: {
        [environment]: { resources: [{ identifier: 'env-1' }] },
        [application]: {
          required: ['EnvironmentIdentifier'],
          resources: [{ identifier: 'env-1|app-2', under: { EnvironmentIdentifier: 'env-1' } }],
        },
      },
    };
    const { asked, outcome } = await scan({ model, types: [route] });
    expect(asked.at(-1)).toBe(`${home} ${route} {"EnvironmentIdentifier":"env-1","ApplicationIdentifier":"app-2"}`);
    expect(outcome(route)).toBe('empty');
  });

  it('of a child that is chosen alone are listed, and not reported', async () => {
    const { cells, records, asked } = await scan({ model: { everywhere: parentsAndChildren }, types: [listener] });
    expect(cells.filter(({ tier }) => tier !== 'account').map(({ type }) => type)).toEqual([listener]);
    expect(new Set(records.map(({ resourceType }) => resourceType))).toEqual(new Set([listener]));
    expect(asked).toHaveLength(3);
  });

  it('that are none leave their children empty', async () => {
    const { outcome, verdict, asked } = await scan({ model: without(service, {}), types: lattice });
    expect(lattice.map(type => outcome(type))).toEqual(['empty', 'empty', 'empty']);
    expect(verdict.outcome).toBe('succeeded');
    expect(asked).toEqual([`${home} ${service}`]);
  });

  it.each<[string, TypeModel, string, string]>([
    ['denied', { denied: { permission: 'vpc-lattice:ListServices' } }, 'denied', 'partial'],
    ['absent', { absent: true }, 'not-in-region', 'succeeded'],
    ['unsupported', { unsupported: true }, 'unsupported', 'succeeded'],
    ['broken', { broken: { message: 'Internal Failure' } }, 'failed', 'partial'],
  ])('that are %s say so for their children', async (_name, model, outcome, verdict) => {
    const result = await scan({ model: without(service, model), types: [...lattice, 'AWS::Bedrock::Flow'] });
    expect(lattice.map(type => result.outcome(type))).toEqual([outcome, outcome, outcome]);
    expect(result.cell(listener)?.error).toContain(`it lies below ${service}`);
    expect(result.verdict.outcome).toBe(verdict);
  });

  it('that were deleted meanwhile have no children, which is an answer', async () => {
    const gone: Rule = request => {
      if (operationOf(request) !== 'ListResources' || inputOf(request)['TypeName'] !== listener) return undefined;
      if (!String(inputOf(request)['ResourceModel']).includes('svc-a')) return undefined;
      return jsonRefusal('ResourceNotFoundException', `${listener} Handler returned status FAILED: not found`);
    };
    const { cell, outcome, verdict } = await scan({
      model: { everywhere: parentsAndChildren },
      types: lattice,
      rule: gone,
    });
    expect(cell(listener)).toMatchObject({ outcome: 'listed', resources: 1 });
    expect(outcome(rule)).toBe('listed');
    expect(verdict.outcome).toBe('succeeded');
  });

  it('of whom one refuses do not hide the children of the others', async () => {
    const refuse: Rule = request => {
      if (operationOf(request) !== 'ListResources' || inputOf(request)['TypeName'] !== listener) return undefined;
      if (!String(inputOf(request)['ResourceModel']).includes('svc-a')) return undefined;
      return jsonRefusal('AccessDeniedException', 'User: x is not authorized to perform: vpc-lattice:ListListeners');
    };
    const { cell, outcome } = await scan({ model: { everywhere: parentsAndChildren }, types: lattice, rule: refuse });
    expect(cell(listener)).toMatchObject({ outcome: 'denied', resources: 1, action: 'vpc-lattice:ListListeners' });
    expect(outcome(rule)).toBe('denied');
  });

  it('that all refuse are asked ten times, and no more than were under way by then', async () => {
    const names = Array.from({ length: 25 }, (_none, at) => svc(String(at)));
    const model = {
      everywhere: {
        [service]: { resources: names.map(identifier => ({ identifier })) },
        [listener]: { denied: { permission: 'vpc-lattice:ListListeners' } },
      },
    };
    const { asked, outcome } = await scan({ model, types: [service, listener] });
    expect(outcome(listener)).toBe('denied');
    const refused = asked.filter(line => line.includes(listener)).length;
    expect(refused).toBeGreaterThanOrEqual(10);
    // Four parents are asked about at once.
    expect(refused).toBeLessThanOrEqual(13);
  });

  it('that calls of their own list lead to children of Cloud Control', async () => {
    // Every account has this workgroup from the beginning.
    const type = 'AWS::Athena::PreparedStatement';
    const { asked, outcome } = await scan({ types: [type] });
    expect(asked).toEqual([`${home} ${type} {"WorkGroup":"primary"}`]);
    expect(outcome(type)).toBe('empty');
  });
});

describe('inputs', () => {
  it('with fixed values are asked for one by one', async () => {
    const type = 'AWS::Rbin::Rule';
    const model = {
      everywhere: {
        [type]: {
          required: ['ResourceType'],
          resources: [{ identifier: 'arn:aws:rbin:eu-west-1:1:rule/r', under: { ResourceType: 'EC2_IMAGE' } }],
        },
      },
    };
    const { asked, cell } = await scan({ model, types: [type] });
    expect(asked).toEqual(
      ['EBS_SNAPSHOT', 'EC2_IMAGE', 'EBS_VOLUME'].map(value => `${home} ${type} {"ResourceType":"${value}"}`),
    );
    expect(cell(type)).toMatchObject({ outcome: 'listed', resources: 1 });
  });

  it('may be answered by one region alone', () => {
    expect(isAnsweredIn('us-east-1', 'Scope', 'CLOUDFRONT')).toBe(true);
    expect(isAnsweredIn('eu-west-1', 'Scope', 'CLOUDFRONT')).toBe(false);
    expect(isAnsweredIn('eu-west-1', 'Scope', 'REGIONAL')).toBe(true);
  });

  it('of WAF ask for CloudFront in us-east-1 alone', async () => {
    const scopes: string[] = [];
    const note: Rule = request => {
      if (operationOf(request) === 'ListWebACLs') {
        const region = /Credential=[^/]+\/\d+\/([^/]+)/.exec(String(request.headers.authorization))?.[1];
        scopes.push(`${region} ${inputOf(request)['Scope']}`);
      }
      return undefined;
    };
    await scan({ types: ['AWS::WAFv2::WebACL'], regions: [home, 'us-east-1'], rule: note });
    expect(scopes.sort()).toEqual([`${home} REGIONAL`, 'us-east-1 CLOUDFRONT', 'us-east-1 REGIONAL']);
  });

  it('are the account’s own id where a type wants it', async () => {
    const own = ['AWS::QuickSight::Agent', 'AWS::QuickSight::Space'];
    const { asked, account } = await scan({ types: own });
    expect(asked).toEqual(own.map(each => `${home} ${each} {"AwsAccountId":"${account}"}`));
  });
});

describe('global types', () => {
  it('are asked once, each in the region that speaks for it, and reported as global', async () => {
    const [budget, network, device] = [
      'AWS::Budgets::BudgetsAction',
      'AWS::NetworkManager::GlobalNetwork',
      'AWS::NetworkManager::Device',
    ] as const;
    const model = {
      everywhere: {
        [budget]: { resources: [{ identifier: 'action|budget' }] },
        [network]: { resources: [{ identifier: 'global-network-1' }] },
        [device]: { required: ['GlobalNetworkId'] },
      },
    };
    const { asked, cells, records } = await scan({
      model,
      types: [budget, network, device],
      regions: [home, 'eu-central-1'],
    });
    expect(asked.toSorted()).toEqual([
      `us-east-1 ${budget}`,
      `us-west-2 ${device} {"GlobalNetworkId":"global-network-1"}`,
      `us-west-2 ${network}`,
    ]);
    expect(cells.filter(({ tier }) => tier !== 'account').map(({ region }) => region)).toEqual([
      'global',
      'global',
      'global',
    ]);
    expect(records.map(({ region }) => region)).toEqual(['global', 'global']);
    expect(records.find(({ resourceType }) => resourceType === network)?.resource.arn).toMatch(
      /^arn:aws:networkmanager::\d{12}:global-network\/global-network-1$/,
    );
  });
});
