// Import blocks as Terraform reads them: by the parser of its language, and by terraform itself where the machine has it.
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DriftItem } from '../../contract/drift/drift-report.ts';
import { renderImportBlocks } from '../../reports/drift/import-blocks.ts';
import { item, report } from '../reports/drift/report-fixture.ts';

const nasty = [
  '${a}',
  '%{b}',
  '$${c}',
  '%%{d}',
  '$%{e}',
  '$',
  '%',
  '{',
  '"',
  '\\',
  '\\n',
  'x\ny',
  '\t',
  '\u0000',
  '\u2028',
];

const unmanaged: readonly DriftItem[] = [
  ...nasty.map(text => item({ id: `a${text}z`, type: 'aws_ssm_parameter', name: text })),
  item({ id: nasty.join(''), type: 'aws_ssm_parameter', name: 'all' }),
  item({ id: 'vpc-1', type: 'aws_vpc', name: '1 */ # // <<EOT' }),
  item({ id: 'x\n}\nresource "a" "b" {\n', type: 'AWS::None::Such' }),
  item({ id: 'bücher 日本', type: 'aws_s3_bucket' }),
];

const { text, blocks, left } = renderImportBlocks(report({ unmanaged: [...unmanaged] }));

const terraform = await execa('terraform', ['version'], { reject: false });
const hasTerraform = terraform.exitCode === 0;

describe('import blocks', () => {
  let read: readonly { readonly to: string; readonly id: string }[];

  beforeAll(async () => {
    const cwd = fileURLToPath(new URL('hcl-reader', import.meta.url));
    console.error('Building the reader of HCL; cold it takes up to a minute.');
    const { stdout } = await execa('go', ['run', '.'], { cwd, input: text, env: { CGO_ENABLED: '0' } });
    read = JSON.parse(stdout);
  }, 240_000);

  it('are read as blocks, one for each resource that can have one', () => {
    expect(read).toHaveLength(blocks);
    expect({ blocks, left }).toEqual({ blocks: unmanaged.length - 1, left: 1 });
    expect(new Set(read.map(({ to }) => to)).size).toBe(blocks);
  });

  it('have ids that mean what the resource is called, sign for sign', () => {
    const ids = unmanaged.filter(({ type }) => !type.startsWith('AWS::')).map(({ id }) => id);
    expect(read.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it.runIf(hasTerraform)('are formatted as terraform formats them', async () => {
    const { stdout, exitCode } = await execa('terraform', ['fmt', '-'], {
      input: text,
      reject: false,
      stripFinalNewline: false,
    });
    expect({ stdout, exitCode }).toEqual({ stdout: text, exitCode: 0 });
  });
});
