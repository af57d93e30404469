import { expect, it } from 'vitest';
import { globForm } from '../../../clients/states/glob-form.ts';

it.each([
  ['env/**/*.tfstate', 'env/a.tfstate', true],
  ['env/**/*.tfstate', 'env/x/y/a.tfstate', true],
  ['env/**/*.tfstate', 'other/a.tfstate', false],
  ['env/**/*.tfstate', 'env/a.json', false],
  ['**/*.tfstate', 'a.tfstate', true],
  ['env/**', 'env/x/y', true],
  ['env/**', 'env/', false],
  ['env/**', 'environment/x', false],
  ['**', 'a/b', true],
  ['env/*/a', 'env/x/a', true],
  ['env/*/a', 'env/x/y/a', false],
  ['env/*.tfstate', 'env/.tfstate', true],
  ['env/a**b', 'env/a/b', false],
  ['env/a**b', 'env/axxb', true],
  ['?.tfstate', 'a.tfstate', true],
  ['?.tfstate', 'ü.tfstate', true],
  ['?.tfstate', 'ab.tfstate', false],
  ['a?b', 'a/b', false],
  ['[a-c].x', 'b.x', true],
  ['[a-c].x', 'd.x', false],
  ['[!a-c].x', 'd.x', true],
  ['[^a-c].x', 'a.x', false],
  ['[!a]b', '/b', false],
  ['[.]x', '.x', true],
  ['[\\]]x', ']x', true],
  ['[a\\-c]x', 'bx', false],
  ['{prod,test}/a', 'test/a', true],
  ['{prod,test}/a', 'dev/a', false],
  ['{a,b{c,d}}', 'bd', true],
  ['{a,**}/x', 'q/r/x', false],
  ['{a', '{a', true],
  ['a,b', 'a,b', true],
  ['env:/(prod)+$/^a|b', 'env:/(prod)+$/^a|b', true],
  ['a.b', 'axb', false],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['[a', '[a', true],
])('%s and %s match: %s', (pattern, name, matches) => {
  expect(globForm(pattern).test(name)).toBe(matches);
});

it('refuses a range that is none', () => {
  expect(() => globForm('[z-a]')).toThrow(SyntaxError);
});
