// Which types a selection names, what it brings along, and which outcomes settings expect.
import { describe, expect, it } from 'vitest';
import { catalogue, catalogueType } from '../../../contract/catalogue/catalogue.ts';
import {
  acceptedReason,
  fitsPattern,
  isSelected,
  selectTypes,
  type TypeSelection,
} from '../../../contract/catalogue/selection.ts';

const all: TypeSelection = { services: 'all', types: [], exclude: [] };
const namesOf = (given: Partial<TypeSelection>): string[] => selectTypes({ ...all, ...given }).map(({ type }) => type);

describe('a pattern', () => {
  it.each<[string, string, boolean]>([
    ['AWS::EC2::VPC', 'AWS::EC2::VPC', true],
    ['AWS::EC2::VPC', 'aws::ec2::vpc', true],
    ['AWS::EC2::VPC', 'AWS::EC2::*', true],
    ['AWS::EC2::VPC', '*', true],
    ['AWS::EC2::VPC', '*::VPC', true],
    ['AWS::EC2::VPCEndpoint', '*::VPC', false],
    ['AWS::EC2::VPC', 'EC2', false],
    ['AWS::EC2::VPC', '', false],
    ['AWS::EC2::VPC', 'AWS..EC2..VPC', false],
    ['eu-west-1', 'eu-*', true],
    ['eu-west-1', 'eu-west-[1]', false],
    ['a+b', 'a+b', true],
  ])('%s fits %s: %s', (name, pattern, fits) => {
    expect(fitsPattern(name, pattern)).toBe(fits);
  });
});

describe('a selection', () => {
  it('of everything is the whole catalogue', () => {
    expect(selectTypes(all)).toEqual(catalogue);
  });

  it.each<[string, Partial<TypeSelection>, readonly string[]]>([
    ['one type', { types: ['AWS::SQS::Queue'] }, ['AWS::SQS::Queue']],
    ['one type, in other letters', { types: ['aws::sqs::queue'] }, ['AWS::SQS::Queue']],
    ['a type of another service', { services: ['sqs'], types: ['AWS::EC2::*'] }, []],
    ['a type that is excluded', { types: ['AWS::SQS::Queue'], exclude: ['AWS::SQS::*'] }, []],
    ['nothing of nothing', { services: [] }, []],
    ['no type of that name', { types: ['AWS::No::Type'] }, []],
  ])('of %s', (_name, given, types) => {
    expect(namesOf(given)).toEqual(types);
  });

  it.each([
    ['cloudwatch', 'CloudWatch'],
    ['elbv2', 'ElasticLoadBalancingV2'],
    ['states', 'StepFunctions'],
    ['ses', 'SES'],
  ])('takes a service by its key %s as by CloudFormation’s namespace %s', (key, namespace) => {
    const [byKey, byNamespace] = [namesOf({ services: [key] }), namesOf({ services: [namespace] })];
    expect(byKey.length).toBeGreaterThan(0);
    expect(byNamespace).toEqual(expect.arrayContaining(byKey.filter(type => type.split('::')[1] === namespace)));
  });

  it('takes every service by each of its names', () => {
    for (const type of catalogue) {
      const names = [type.service, type.type.split('::')[1] ?? '', ...(type.native ? [type.native.service] : [])];
      for (const name of names) {
        expect(isSelected(type, { ...all, services: [name] }), `${type.type} by ${name}`).toBe(true);
      }
    }
  });

  it('brings the parents of what it names, and their parents, without naming them', () => {
    const rule = 'AWS::VpcLattice::Rule';
    expect(namesOf({ types: [rule] })).toEqual(['AWS::VpcLattice::Listener', rule, 'AWS::VpcLattice::Service']);
    const listener = catalogueType('AWS::VpcLattice::Listener');
    expect(listener && isSelected(listener, { ...all, types: [rule] })).toBe(false);
  });

  it('brings a parent even if it is excluded: it only leads to its children', () => {
    const selection = { types: ['AWS::VpcLattice::Listener'], exclude: ['AWS::VpcLattice::Service'] };
    expect(namesOf(selection)).toEqual(['AWS::VpcLattice::Listener', 'AWS::VpcLattice::Service']);
  });
});

describe('an expected outcome', () => {
  const accepted = [
    { type: 'AWS::Macie::*', region: '*', outcome: 'denied', reason: 'not used' },
    { type: '*', region: 'me-*', outcome: 'failed', reason: 'no one there' },
  ];

  it.each<[string, string, string, string | undefined]>([
    ['AWS::Macie::Session', 'eu-west-1', 'denied', 'not used'],
    ['AWS::Macie::Session', 'global', 'denied', 'not used'],
    ['AWS::Macie::Session', 'eu-west-1', 'failed', undefined],
    ['AWS::Macie::Session', 'me-south-1', 'failed', 'no one there'],
    ['AWS::EC2::VPC', 'eu-west-1', 'denied', undefined],
    ['tagging', 'me-south-1', 'failed', 'no one there'],
  ])('%s in %s, %s: %s', (type, region, outcome, reason) => {
    expect(acceptedReason({ type, region, outcome }, accepted)).toBe(reason);
  });
});
