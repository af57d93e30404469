// The Terraform module of `infrastructure export` as Terraform reads it: by the parser of its language, and by terraform itself where
// the machine has it.
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { desiredEstate } from '../../contract/access/desired-estate.ts';
import { terraformFiles } from '../../infrastructure/export/terraform-files.ts';
import { sampleFacts, security } from '../contract/access/sample-estate.ts';

const samples = {
  'everything that there is': {
    reports: { kmsKey: `arn:aws:kms:eu-west-1:${security}:key/1234` },
    infrastructure: {
      issuers: { prod: ['oidc.eks.eu-west-1.amazonaws.com/id/A'], test: ['oidc.eks.eu-west-1.amazonaws.com/id/T'] },
      cliBucket: 'cli-bucket',
      bucket: { expireAfterDays: 400, objectLock: {} },
      rollOut: { delegatedAdministrator: security },
    },
  },
  'as little as there can be': {
    infrastructure: { issuers: {}, rollOut: null, bucket: { noncurrentDays: null } },
  },
  'the wide policy, in units': {
    infrastructure: { inventoryPolicy: 'seed', rollOut: { organizationalUnits: ['ou-abcd-12345678'] } },
  },
} as const;

const terraform = await execa('terraform', ['version'], { reject: false });
const hasTerraform = terraform.exitCode === 0;
const cwd = fileURLToPath(new URL('hcl-reader', import.meta.url));

describe.each(Object.entries(samples))('a module of %s', (_name, overrides) => {
  const facts = sampleFacts(overrides);
  const files = terraformFiles(desiredEstate(facts), facts).filter(({ path }) => path.endsWith('.tf'));

  it('is read block by block', async () => {
    for (const { path, text } of files) {
      const { stdout } = await execa('go', ['run', '.', 'heads'], { cwd, input: text, env: { CGO_ENABLED: '0' } });
      const heads: readonly (readonly string[])[] = JSON.parse(stdout);
      const expected = [...text.matchAll(/^\w+ ?(?:"[^"]+" ?)*\{/gm)].length;
      expect(heads, path).toHaveLength(expected);
      expect(new Set(heads.map(head => head.join('.'))).size, path).toBe(expected);
    }
  }, 240_000);

  it.runIf(hasTerraform)('is formatted as terraform formats it', async () => {
    for (const { path, text } of files) {
      const options = { input: text, reject: false, stripFinalNewline: false } as const;
      const { stdout, exitCode } = await execa('terraform', ['fmt', '-'], options);
      expect({ stdout, exitCode }, path).toEqual({ stdout: text, exitCode: 0 });
    }
  });
});
