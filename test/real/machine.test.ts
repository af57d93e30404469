// What the tests of this folder stand on. They are never skipped: a machine that lacks a part fails here, and is told how to get it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { buildTool } from './cluster/build-tools.ts';

const versionOf = async (command: string, args: readonly string[]): Promise<string> => {
  const { stdout, failed } = await execa(command, [...args], { reject: false });
  return failed ? 'not found' : String(stdout);
};

describe('a machine whose Go is a patch too old for a module', () => {
  it('is told which one it needs, before anything is built', async () => {
    const wanted = /^go (\d+\.\d+)\.(\d+)$/m.exec(readFileSync('test/real/cluster/tools/skaffold/go.mod', 'utf8'));
    const [, minor = '', patch = ''] = wanted ?? [];
    expect(Number(patch)).toBeGreaterThan(0);
    const directory = mkdtempSync(join(tmpdir(), 'old-go-'));
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(directory, { recursive: true, force: true });
    });
    const answer = `[ "$1" = env ] && echo go${minor}.${Number(patch) - 1}`;
    writeFileSync(join(directory, 'go'), `#!/bin/sh\n${answer}\n`, { mode: 0o755 });
    vi.stubEnv('PATH', `${directory}:${process.env['PATH']}`);
    vi.stubEnv('XDG_CACHE_HOME', directory);
    await expect(buildTool('skaffold')).rejects.toThrow(`Install Go ${minor}.${patch} or newer`);
  });
});

describe('the machine', () => {
  it('has Go, which builds the Kubernetes control plane and driftctl', async () => {
    const [, major = 0, minor = 0] = /go(\d+)\.(\d+)/.exec(await versionOf('go', ['version']))?.map(Number) ?? [];
    expect(major > 1 || minor >= 26, 'install Go 1.26 or newer').toBe(true);
  });

  it('has kubectl with kustomize, which renders what reaches a cluster', async () => {
    const version = await versionOf('kubectl', ['version', '--client', '--output', 'json']);
    const [, major = 0, minor = 0] = /"kustomizeVersion": "v(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
    // Before 5.1 components ran before the generators of their kustomization, and the replacements with them.
    expect(major > 5 || (major === 5 && minor >= 1), 'install kubectl 1.31 or newer').toBe(true);
  });

  it('is one where the tests are root, which containers and nodes need', () => {
    expect(process.getuid?.(), 'run npm run test:real as root, on a machine of its own').toBe(0);
  });
});
