// Small programs in driftctl's place, for what the real one does only when something breaks.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DriftctlProgram } from '../../../clients/driftctl/find-driftctl.ts';

/** A directory of the test that is running, gone with it. */
export const ownDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'driftctl-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

/** The document of a run in which nothing is, as 0.40 writes it. */
export const emptyDocument = {
  summary: { total_resources: 0, total_unmanaged: 0, total_missing: 0, total_managed: 0, total_iac_source_count: 1 },
  managed: null,
  unmanaged: null,
  missing: null,
  coverage: 0,
  alerts: null,
  provider_name: 'aws+tf',
  provider_version: '3.40.0',
  date: '2026-11-20T18:18:53.167391917Z',
};

/**
 * A shell script that answers `version`, and runs the given lines for `scan`: `$out` is the path of the document, `$from`
 * the states, `$ignore` the .driftignore; `$here` is a directory that stays between runs.
 */
export const makeFake = (lines: string, { version = 'v0.40.0' } = {}): DriftctlProgram & { readonly here: string } => {
  const here = ownDirectory();
  const command = join(here, 'driftctl');
  const script = `#!/bin/sh
PATH=/usr/bin:/bin
here='${here}'
if [ "$1" = version ]; then echo '${version}'; exit 0; fi
echo "$*" >> "$here/arguments"
env >> "$here/environment"
while [ $# -gt 0 ]; do
  case "$1" in
    -o) out=\${2#json://}; shift;;
    --from) from="$from \${2#tfstate://}"; shift;;
    --driftignore) ignore=$2; shift;;
  esac
  shift
done
${lines}
`;
  writeFileSync(command, script);
  chmodSync(command, 0o755);
  return { command, version, configDirectory: here, providerVersion: '3.40.0', here };
};

/** Lines that write the document and end with the code. */
export const writes = (document: object, code: number): string =>
  `cat > "$out" <<'END'\n${JSON.stringify(document)}\nEND\nexit ${code}`;

/** A provider where driftctl looks for it, below the directory. */
export const putProvider = (directory: string, version: string): void => {
  const processor = { x64: 'amd64' }[process.arch as string] ?? process.arch;
  const plugins = join(directory, '.driftctl', 'plugins', `${process.platform}_${processor}`);
  mkdirSync(plugins, { recursive: true });
  writeFileSync(join(plugins, `terraform-provider-aws_v${version}_x5`), '', { mode: 0o755 });
};
