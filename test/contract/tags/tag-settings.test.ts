import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../contract/read-settings.ts';
import { chooseTags } from '../../../contract/tags/tag-settings.ts';

const tagsOf = (text: string) => readSettings({ file: { name: 'config.yaml', text }, environment: {} }).tags;

describe('the settings of tags', () => {
  it('require none where none is named', () => {
    expect(tagsOf('')).toEqual({ required: [], exclude: [], overrides: {} });
  });

  it('take a key alone, or with its values and types', () => {
    expect(
      tagsOf('tags: {required: [owner, {key: stage, values: ["p*"]}, {key: x, types: ["AWS::S3::*"]}]}').required,
    ).toEqual([
      { key: 'owner', values: null, types: null },
      { key: 'stage', values: ['p*'], types: null },
      { key: 'x', values: null, types: ['AWS::S3::*'] },
    ]);
  });

  it('put what an account has of its own in place of what all have', () => {
    const tags = tagsOf('tags: {required: [owner], exclude: [pod], overrides: {"111111111111": {exclude: []}}}');
    const owner = { key: 'owner', values: null, types: null };
    expect(chooseTags(tags, '111111111111')).toEqual({ required: [owner], exclude: [] });
    expect(chooseTags(tags, '222222222222')).toEqual({ required: [owner], exclude: ['pod'] });
  });

  it.each([
    [
      'a key twice',
      'tags: {required: [owner, {key: owner, values: [x]}]}',
      /tags\.required\[1\]: this key is required twice \(it is "owner"\)/,
    ],
    ['a misspelt key', 'tags: {requires: [owner]}', /did you mean required\?/],
    [
      'a misspelt key of a tag',
      'tags: {required: [{key: owner, value: [x]}]}',
      /tags\.required\[0\]\.value: unknown key; did you mean values\?/,
    ],
    ['no value at all', 'tags: {required: [{key: owner, values: []}]}', /tags\.required\[0\]\.values/],
    ['an exclusion of everything', 'tags: {exclude: ["*:*"]}', /it would leave out every resource/],
  ])('refuse %s', (_name, text, message) => {
    expect(() => tagsOf(text)).toThrow(message);
  });
});
