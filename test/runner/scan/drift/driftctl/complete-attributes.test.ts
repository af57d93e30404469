// Attributes in the form of the provider that driftctl loads: nothing absent, nothing of another form.
import { describe, expect, it } from 'vitest';
import {
  type AttributeForm,
  completeAttributes,
} from '../../../../../runner/scan/drift/driftctl/complete-attributes.ts';

const completeOne = (value: unknown, form: AttributeForm): unknown =>
  completeAttributes(value === undefined ? {} : { one: value }, { one: form }).attributes['one'];

describe('an attribute', () => {
  it.each<[string, unknown, AttributeForm, unknown]>([
    ['that is an absent text is empty', undefined, 'string', ''],
    ['that is an absent number is 0', undefined, 'number', 0],
    ['that is an absent truth is false', undefined, 'bool', false],
    ['of any form that is absent is null', undefined, 'dynamic', null],
    ['that is an absent list is empty', undefined, ['list', 'string'], []],
    ['that is an absent set is empty', undefined, ['set', ['object', { a: 'string' }]], []],
    ['that is an absent map is null', undefined, ['map', 'string'], null],
    ['that is null stays null', null, 'bool', null],
    ['that is a list as null is empty', null, ['list', 'string'], []],
    ['of the form stays', 'a', 'string', 'a'],
    ['that Terraform converts to text stays', 7, 'string', 7],
    ['that Terraform converts to a number stays', '7', 'number', '7'],
    ['that is no number is null', 'seven', 'number', null],
    ['that is an empty text is no number', '', 'number', null],
    ['that Terraform converts to a truth stays', 'true', 'bool', 'true'],
    ['that is no truth is null', '', 'bool', null],
    ['that was a list and is a text now is empty', 'a', ['list', 'string'], []],
    ['that was a text and is a list now is null', ['a'], 'string', null],
    ['that was a map and is a list now is null', ['a'], ['map', 'string'], null],
    ['of a map has the entries of its form', { a: 'x', b: ['y'] }, ['map', 'string'], { a: 'x', b: null }],
    [
      'of blocks has all that each block must have, and keeps what is new',
      [{ cidr: '10.0.0.0/8', fresh: 1 }],
      ['list', ['object', { cidr: 'string', self: 'bool' }]],
      [{ cidr: '10.0.0.0/8', fresh: 1, self: false }],
    ],
    ['of one block has all that it must have', {}, ['object', { a: ['list', 'string'], b: 'number' }], { a: [], b: 0 }],
    ['that was a block and is none now is null', 'x', ['object', { a: 'string' }], null],
    ['of any form stays', [{ a: 1 }], 'dynamic', [{ a: 1 }]],
  ])('%s', (_words, value, form, expected) => {
    expect(completeOne(value, form)).toEqual(expected);
  });
});

describe('the completed ones', () => {
  it('are named when they were absent or of another form, and not when they are null or new', () => {
    const forms = { gone: 'bool', empty: 'string', other: ['list', 'string'], kept: 'number' } as const;
    const { attributes, changed } = completeAttributes({ empty: null, other: 'x', kept: 1, fresh: true }, forms);
    expect(changed).toEqual(['gone', 'other']);
    expect(attributes).toEqual({ gone: false, empty: null, other: [], kept: 1, fresh: true });
  });
});
