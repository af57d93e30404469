// First step of the tests' cluster: its programs, built by Go once per user and version into the cache directory.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { cacheDirectory } from '../../../clients/simulator/cache-directory.ts';
import { type ToolModule, type ToolName, toolModules } from './tool-modules.ts';

interface ModuleVersion {
  readonly version: string;
  /** Where its programs are, or are to be. */
  readonly directory: string;
}

const howToGet = (wanted: string): string =>
  `Install Go ${wanted} or newer (go.dev/dl) and put its bin directory on PATH.`;

const folderOf = ({ folder }: ToolModule): string => fileURLToPath(new URL(`tools/${folder}`, import.meta.url));

const numbersOf = (version: string): number[] =>
  (/(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? []).slice(1).map(part => Number(part ?? 0));

const isOlder = (version: string, wanted: string): boolean => {
  const [have, need] = [numbersOf(version), numbersOf(wanted)];
  const differing = need.findIndex((part, index) => part !== have[index]);
  return differing !== -1 && (have[differing] ?? 0) < (need[differing] ?? 0);
};

/** The module's own `go` line says what it needs, to the patch: an older Go would fetch another one, or refuse in its own words. */
const requireGo = async (module: ToolModule): Promise<void> => {
  const wanted = /^go (\S+)/m.exec(await readFile(join(folderOf(module), 'go.mod'), 'utf8'))?.[1] ?? '1.26';
  const { stdout, failed } = await execa('go', ['env', 'GOVERSION'], { reject: false });
  if (failed) throw new Error(`Go, which builds the tests' Kubernetes, is not there. ${howToGet(wanted)}`);
  if (isOlder(String(stdout), wanted))
    throw new Error(`The tests' ${module.folder} cannot be built with ${stdout}. ${howToGet(wanted)}`);
};

const versionOf = async (module: ToolModule): Promise<ModuleVersion> => {
  const text = await readFile(join(folderOf(module), 'go.mod'), 'utf8');
  const name = module.versionOf.replaceAll('.', '\\.');
  const version = new RegExp(`^(?:require)?\\s*${name} (v\\S+)`, 'm').exec(text)?.[1];
  if (version === undefined) throw new Error(`${module.folder}/go.mod does not require ${module.versionOf}`);
  // The tools of one go.mod are built together: a tool or a dependency that changes makes a new directory.
  const recipe = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return { version, directory: cacheDirectory(process.env, `${module.name ?? module.folder}-${version}-${recipe}`) };
};

const buildInto = async (module: ToolModule, version: string, directory: string): Promise<void> => {
  const variables = Object.entries(module.linkedVersion(version)).map(([name, value]) => `-X ${name}=${value}`);
  const flags = ['-trimpath', '-ldflags', ['-s', '-w', ...variables].join(' ')];
  const environment = { CGO_ENABLED: '0' };
  for (const [tool, source] of Object.entries(module.packages)) {
    await execa('go', ['build', ...flags, '-o', join(directory, tool), source], {
      cwd: folderOf(module),
      env: environment,
    });
  }
};

/** Held by a process that ends with ours, so that nobody waits for a lock of the dead. */
const lock = async (file: string): Promise<() => Promise<void>> => {
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'ignore'] });
  await once(holder.stdout, 'data');
  return async () => {
    holder.stdin.end();
    await once(holder, 'exit');
  };
};

const buildOnce = async (module: ToolModule, { version, directory }: ModuleVersion): Promise<void> => {
  const tools = Object.keys(module.packages).join(', ');
  console.error(`Building ${tools} ${version}; this happens once and takes up to ${module.takes} on two cores.`);
  // Made beside its place and renamed into it: an interrupted build leaves no half one.
  const making = await mkdtemp(`${directory}.making-`);
  try {
    await buildInto(module, version, making);
    await rename(making, directory);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
};

/** Two at once would compile the same twice, and slower: the second waits, and finds what the first has built. */
const prepareModule = async (module: ToolModule): Promise<string> => {
  const wanted = await versionOf(module);
  if (existsSync(wanted.directory)) return wanted.directory;
  await requireGo(module);
  await mkdir(dirname(wanted.directory), { recursive: true });
  const unlock = await lock(`${wanted.directory}.lock`);
  try {
    if (!existsSync(wanted.directory)) await buildOnce(module, wanted);
  } finally {
    await unlock();
  }
  return wanted.directory;
};

/** The path of the program. Builds it when this user has not got it; throws with what to do when Go is absent. */
export const buildTool = async (name: ToolName): Promise<string> => {
  const module = toolModules.find(({ packages }) => packages[name] !== undefined);
  if (module === undefined) throw new Error(`No module of tools/ has ${name}`);
  return join(await prepareModule(module), name);
};

/** The paths of all programs that are not built on demand. */
export const buildTools = async (): Promise<Readonly<Partial<Record<ToolName, string>>>> => {
  const modules = toolModules.filter(({ onDemand }) => onDemand !== true);
  const names = modules.flatMap(({ packages }) => Object.keys(packages) as ToolName[]);
  const paths = await Promise.all(names.map(async name => [name, await buildTool(name)] as const));
  return Object.fromEntries(paths) as Partial<Record<ToolName, string>>;
};

// `node test/real/cluster/build-tools.ts` builds all ahead, so that the time of the build is not a test's.
if (import.meta.main) await buildTools();
