import { describe, expect, it } from 'vitest';
import { parseState } from '../../../../../runner/scan/drift/states/state-document.ts';
import { provider5State, state } from './sample-states.ts';

const whole = provider5State();

describe('a text that is no state that can be read', () => {
  it.each([
    ['nothing', '', 'invalid', 'no bytes'],
    ['spaces', ' \n', 'invalid', 'no bytes'],
    ['a page of a sign-in', '<!DOCTYPE html><html><body>Sign in</body></html>', 'invalid', 'HTML'],
    ['a state that is cut off', whole.slice(0, whole.length / 2), 'invalid', 'cut off'],
    ['a state that is cut off in a name', whole.slice(0, whole.indexOf('cidr_block') + 4), 'invalid', 'cut off'],
    ['a configuration', 'resource "aws_vpc" "main" {}', 'invalid', 'no JSON'],
    ['a list', '[]', 'invalid', 'no state'],
    ['null', 'null', 'invalid', 'no state'],
    ['a document of something else', '{"kind":"Pod"}', 'invalid', 'no state'],
    ['a state as it is shown', '{"format_version":"1.0","values":{}}', 'invalid', 'terraform state pull'],
    ['a state without a list', state([], { resources: {} }), 'invalid', 'no list'],
    ['a state of Terraform 0.11', '{"version":3,"modules":[]}', 'unsupported', 'version 3'],
    ['a pointer to a backend', '{"version":3,"backend":{"type":"s3"}}', 'unsupported', 'its backend names'],
    ['a state of the future', state([], { version: 5 }), 'unsupported', 'update aws-inventory'],
  ])('%s says what it is', (_name, text, outcome, words) => {
    expect(parseState(text)).toEqual({ outcome, message: expect.stringContaining(words) });
  });

  it('is never quoted', () => {
    const answers = ['{"password": hunter22', 'hunter22', '<p>hunter22</p>'].map(parseState);
    expect(JSON.stringify(answers)).not.toContain('hunter22');
  });
});

describe('a state', () => {
  it('is read with its facts, and with a mark of the order of bytes', () => {
    const parsed = parseState(`\uFEFF${state([])}`);
    expect(parsed).toMatchObject({
      document: { version: 4, terraform_version: '1.9.8', serial: 7, lineage: '3f6f7e0e-2a4b-4c1d-9e7f-0d1c2b3a4f5e' },
      broken: [],
    });
  });

  it('loses what is no resource, and says which', () => {
    const good = { mode: 'managed', type: 'aws_vpc', name: 'a', provider: '', instances: [] };
    const bad = [null, 'x', { ...good, name: 7 }, { ...good, instances: {} }, { ...good, module: [] }];
    const parsed = parseState(state([...bad, good]));
    expect(parsed).toMatchObject({
      document: { resources: [{ name: 'a' }] },
      broken: ['resources[0]', 'resources[1]', 'resources[2]', 'resources[3]', 'resources[4]'],
    });
  });

  it('without a list of resources has none', () => {
    expect(parseState('{"version":4}')).toMatchObject({ document: { resources: [] } });
  });
});
