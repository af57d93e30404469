// Files of this machine, and what holds for all places: order, each state once, no state that stops the others.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxStateBytes } from '../../../clients/states/state-answer.ts';
import { accessOf, readAll, readOne } from './state-access.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'inventory-states-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

const write = (name: string, text = name): void => {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
};

const at = (name: string): string => `tfstate://${directory}/${name}`;
const textsOf = async (...names: string[]) =>
  (await readAll(names.map(at), accessOf())).map(state => ('text' in state ? state.text : state.outcome));

describe('states of this machine', () => {
  it('are a file, all of a directory, or what a glob means, in the order of their names', async () => {
    for (const name of ['b.tfstate', 'a/z.tfstate', 'a/b/y.tfstate', 'a/notes.txt', 'other.json']) write(name);
    expect(await textsOf('other.json')).toEqual(['other.json']);
    expect(await textsOf('')).toEqual(['a/b/y.tfstate', 'a/z.tfstate', 'b.tfstate']);
    expect(await textsOf('a')).toEqual(['a/b/y.tfstate', 'a/z.tfstate']);
    expect(await textsOf('**/y.*', '*.json')).toEqual(['a/b/y.tfstate', 'other.json']);
  });

  it('are named by their files', async () => {
    write('a/x.tfstate');
    expect(await readAll([at('*/x.tfstate')], accessOf())).toEqual([
      { location: at('a/x.tfstate'), text: 'a/x.tfstate' },
    ]);
  });

  it('are read once, by whatever ways', async () => {
    write('a/x.tfstate');
    symlinkSync(join(directory, 'a/x.tfstate'), join(directory, 'link.tfstate'));
    expect(await textsOf('a/x.tfstate', '**/*.tfstate', 'a/../a/x.tfstate', 'link.tfstate')).toEqual(['a/x.tfstate']);
  });

  it('are not what lies beside them', async () => {
    const beside = ['x.tfstate.backup', '.terraform/terraform.tfstate', '.x.tfstate.lock.info', 'x.tfstate.tflock'];
    for (const name of ['x.tfstate', ...beside]) write(name);
    expect(await textsOf('**')).toEqual(['x.tfstate']);
    expect(await textsOf('')).toEqual(['x.tfstate']);
    expect(await textsOf('*.backup')).toEqual(['x.tfstate.backup']);
  });

  it('may have names that a glob would have', async () => {
    write('[a]/x.tfstate');
    write('a/y.tfstate');
    expect(await textsOf('[a]')).toEqual(['[a]/x.tfstate']);
    expect(await textsOf('[a]/x.tfstate')).toEqual(['[a]/x.tfstate']);
  });

  it('that are not there are said', async () => {
    write('file');
    expect(await textsOf('none.tfstate', 'none/**', '*.tfstate', 'file/x')).toEqual(Array(4).fill('not-found'));
    expect(await readOne(at('**/*.tfstate'), accessOf())).toEqual({
      location: at('**/*.tfstate'),
      outcome: 'not-found',
      message: expect.stringContaining('correct drift.from'),
    });
  });

  it('are no pipes, and no files above the limit', async () => {
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    write('huge.tfstate', '');
    truncateSync(join(directory, 'huge.tfstate'), maxStateBytes + 1);
    const [pipe, huge] = await readAll([at('pipe'), at('huge.tfstate')], accessOf());
    expect(pipe).toMatchObject({ outcome: 'invalid', message: expect.stringContaining('no file') });
    expect(huge).toMatchObject({
      outcome: 'invalid',
      message: expect.stringContaining(`It has ${Math.ceil((maxStateBytes + 1) / 1024 / 1024)} MiB, more than`),
    });
  });

  it('do not stop one another', async () => {
    for (let n = 10; n < 40; n += 1) write(`${n}.tfstate`);
    const texts = await textsOf('none', '2*.tfstate', '[z-a]', '*.tfstate');
    const names = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `${from + n}.tfstate`);
    expect(texts).toEqual(['not-found', ...names(20, 30), 'failed', ...names(10, 20), ...names(30, 40)]);
  });

  it('are said to be unread once the time is over', async () => {
    write('a.tfstate');
    write('b.tfstate');
    const stop = new AbortController();
    const access = accessOf({ signal: stop.signal });
    stop.abort();
    expect(await readOne(at('*'), access)).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('time'),
    });
  });
});
