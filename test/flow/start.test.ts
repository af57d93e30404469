// `npm start` and the installed package, as a newcomer meets them.
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { errorCatalogue, isErrorCode } from '../../contract/error-catalogue.ts';
import { manifestSchema } from '../../contract/manifest.ts';
import { expectedOutcomes } from '../../sandbox/faults.ts';

describe('npm start', () => {
  it('with --faults ends with 3 and says for each faulty account who can fix it and how', async () => {
    const { exitCode, stdout, stderr } = await execa(
      process.execPath,
      ['sandbox/main.ts', '--faults', '--accounts', '4'],
      { reject: false },
    );
    expect(exitCode).toBe(3);
    expect(stdout.split('\n')[0]).toBe(
      'account\tname\toutcome\tresources\tseconds\tcode\tunmanaged\tmissing\tchanged\ttagged',
    );
    const copy = /bucket is copied to (\S+)/.exec(stderr)?.[1] ?? 'nowhere';
    onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
    const [file] = globSync(`${copy}/AWSRecon/**/run_*.json`);
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(file ?? 'no manifest', 'utf8')));
    for (const [name, expected] of Object.entries(expectedOutcomes)) {
      const row = manifest.accounts.find(account => account.name === name);
      expect(row).toMatchObject(expected);
      expect(stderr).toContain(`${name}: ${expected.outcome}, ${expected.code}`);
      expect(stderr).toContain(row?.remedy);
      if (isErrorCode(row?.code)) expect(errorCatalogue[row.code].fixer).not.toBe('nobody');
    }
    const whole = manifest.accounts.filter(({ outcome }) => outcome === 'succeeded');
    expect(whole).toHaveLength(4);
    // The sandbox has deleted a queue of each account behind Terraform's back.
    for (const { counts } of whole) expect(counts?.drift).toMatchObject({ missing: 1, unknown: 0 });
    for (const { counts } of whole) {
      expect(counts?.tags?.untagged).toBeGreaterThan(0);
      expect(counts?.compliance).toBeLessThan(1);
    }
    expect(globSync(`${copy}/AWSRecon/**/tags_*.json`)).toHaveLength(5);
    // And the one of which only the keys of a region could not be seen.
    expect(globSync(`${copy}/AWSRecon/**/drift_*.json`)).toHaveLength(5);
  });
});

describe('the package', () => {
  it('runs from its tarball alone, without a package beside it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'inventory-package-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', directory]);
    const [tarball] = globSync(`${directory}/*.tgz`);
    await execa('tar', ['xzf', tarball ?? '', '-C', directory]);
    const command = join(directory, 'package', 'dist', 'aws-inventory.mjs');
    const help = await execa(process.execPath, [command, 'run', '--help']);
    expect(help.stdout).toContain('aws-inventory run --bucket my-inventory-bucket');
    const bare = await execa(process.execPath, [command, 'run'], {
      reject: false,
      extendEnv: false,
      cwd: directory,
      env: { HOME: directory },
    });
    expect([bare.exitCode, bare.stderr]).toEqual([2, expect.stringContaining('Give --bucket, set BUCKET_NAME')]);
  });
});
