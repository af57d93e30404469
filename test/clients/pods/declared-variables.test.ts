import { expect, test } from 'vitest';
import { expandVariables, resolveVariables } from '../../../clients/pods/declared-variables.ts';

const variables = new Map([
  ['A', '1'],
  ['EMPTY', ''],
  ['MONEY', '$(A)$&'],
]);

test.each([
  ['$(A)', '1'],
  ['x$(A)y$(A)', 'x1y1'],
  ['$$(A)', '$(A)'],
  ['$$$(A)', '$1'],
  ['$(UNKNOWN)', '$(UNKNOWN)'],
  ['$(EMPTY)', ''],
  ['$(MONEY)', '$(A)$&'],
  ['$A ${A} $', '$A ${A} $'],
  ['$(A', '$(A'],
  ['$$', '$'],
])('%j expands to %j', (text, expected) => {
  expect(expandVariables(text, variables)).toBe(expected);
});

test('a variable may use those before it, and fields of the pod are read', () => {
  const resolved = resolveVariables(
    [
      { name: 'LATER', value: '$(FIRST)' },
      { name: 'FIRST', value: 'one' },
      { name: 'SECOND', value: '$(FIRST) two' },
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'RUN', valueFrom: { fieldRef: { fieldPath: "metadata.labels['aws-inventory/run']" } } },
      { name: 'NAME', valueFrom: { fieldRef: { fieldPath: "metadata.annotations['aws-inventory/account-name']" } } },
      { name: 'NONE', valueFrom: { fieldRef: { fieldPath: "metadata.labels['absent']" } } },
      { name: 'UNSET' },
    ],
    { name: 'pod-1', labels: { 'aws-inventory/run': 'r1' }, annotations: { 'aws-inventory/account-name': '$(FIRST)' } },
  );
  expect(Object.fromEntries(resolved)).toEqual({
    ...{
      LATER: '$(FIRST)',
      FIRST: 'one',
      SECOND: 'one two',
      POD: 'pod-1',
      RUN: 'r1',
      NAME: '$(FIRST)',
      NONE: '',
      UNSET: '',
    },
  });
});
