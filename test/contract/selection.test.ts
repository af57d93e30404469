import { describe, expect, it } from 'vitest';
import { type Selection, selectAccounts } from '../../contract/selection.ts';
import { account, settings } from '../orchestrator/fixtures.ts';

const organization = [
  account('111111111111', {
    name: 'payments prod',
    path: ['Workloads', 'Prod'],
    unitIds: ['r-1', 'ou-w', 'ou-p'],
    tags: { stage: 'prod' },
  }),
  account('222222222222', {
    name: 'payments test',
    path: ['Workloads', 'Test'],
    unitIds: ['r-1', 'ou-w', 'ou-t'],
    tags: { stage: 'test' },
  }),
  account('333333333333', { name: 'sandbox', path: ['Sandbox'], unitIds: ['r-1', 'ou-s'], tags: {} }),
  account('444444444444', { name: '"\n<script>${x}', path: [], unitIds: ['r-1'], tags: { stage: 'prod' } }),
  account('555555555555', {
    name: 'closed',
    state: 'SUSPENDED',
    path: ['Workloads'],
    unitIds: ['r-1', 'ou-w'],
    tags: { stage: 'prod' },
  }),
  account('666666666666', { name: 'odd', state: 'SOMETHING_NEW', path: [], unitIds: ['r-1'], tags: {} }),
];

const units = [
  ['ou-w', 'Workloads'],
  ['ou-p', 'Workloads/Prod'],
  ['ou-t', 'Workloads/Test'],
  ['ou-s', 'Sandbox'],
  ['ou-e', 'Empty'],
].map(([id = '', path = '']) => ({ id, path: path.split('/') }));

const select = (text: string) =>
  selectAccounts({ accounts: organization, units }, settings(`accounts: ${text}`).accounts satisfies Selection);
const first = (ids: readonly { id: string }[]) => ids.map(({ id }) => id[0]).join('');

describe('a selection', () => {
  it.each([
    ['nothing given', '{}', '12346'],
    ['ids', '{include: ["111111111111", "333333333333"]}', '13'],
    ['an excluded id', '{exclude: ["111111111111"]}', '2346'],
    ['an id included and excluded', '{include: ["111111111111", "222222222222"], exclude: ["111111111111"]}', '2'],
    ['a unit by path, with everything below', '{organizationalUnits: {include: [Workloads]}}', '12'],
    ['a nested unit', '{organizationalUnits: {include: [Workloads/Prod]}}', '1'],
    ['a unit by id', '{organizationalUnits: {include: [ou-w]}}', '12'],
    ['the root by id', '{organizationalUnits: {include: [r-1]}}', '12346'],
    [
      'an excluded unit below an included one',
      '{organizationalUnits: {include: [Workloads], exclude: [Workloads/Test]}}',
      '1',
    ],
    ['a tag', '{tags: {stage: [prod]}}', '14'],
    ['one of two tag values', '{tags: {stage: [prod, test]}}', '124'],
    ['a name with a star', '{names: {include: ["payments *"]}}', '12'],
    ['a name with anything in it', '{names: {include: ["*<script>*"]}}', '4'],
    ['criteria together', '{tags: {stage: [prod]}, organizationalUnits: {include: [Workloads]}}', '1'],
  ])('by %s', (_name, text, wanted) => {
    expect(first(select(text).selected)).toBe(wanted);
  });

  it('skips an account that is not active and says its state, and tries a state that nobody knows yet', () => {
    const { skipped, selected } = select('{}');
    expect(skipped).toMatchObject([
      { account: { id: '555555555555' }, code: 'not-active', message: 'its state is SUSPENDED' },
    ]);
    expect(first(selected)).toContain('6');
  });

  it('does not speak for an ended account that was not selected', () => {
    const { skipped } = select('{organizationalUnits: {include: [Sandbox]}}');
    expect(skipped.find(({ account: { id } }) => id === '555555555555')?.code).toBe('not-selected');
  });

  it('gives every account exactly one fate', () => {
    const { selected, skipped } = select('{organizationalUnits: {include: [Workloads]}, names: {exclude: ["*test"]}}');
    expect([...selected.map(a => a.id), ...skipped.map(s => s.account.id)].sort()).toEqual(organization.map(a => a.id));
    expect(skipped.map(s => s.message)).toContain('names like *test are excluded');
  });

  it('knows a unit that has no accounts any more', () => {
    expect(select('{organizationalUnits: {exclude: [Empty, ou-e]}}').unknownUnits).toEqual([]);
  });

  it('names ids and units that do not exist, with the nearest unit that does', () => {
    const chosen = select(
      '{include: ["999999999999"], exclude: ["888888888888"], organizationalUnits: {include: [Workload/Prod]}}',
    );
    expect(chosen.unknownIds).toEqual(['999999999999', '888888888888']);
    expect(chosen.unknownUnits).toEqual([{ unit: 'Workload/Prod', nearest: 'Workloads/Prod' }]);
  });
});
