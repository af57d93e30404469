// Whether this machine has driftctl, which version, and which AWS provider it would load.
import { access, constants, readdir, realpath } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { runCaptured } from './captured-process.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface DriftctlProgram {
  /** Absolute path. */
  readonly command: string;
  /** As it tells it: `v0.40.0`. */
  readonly version: string;
  /** Where driftctl looks for `.driftctl/plugins`; undefined leaves that to driftctl. */
  readonly configDirectory: string | undefined;
  /** Of the AWS provider there: `3.40.0`; undefined where there is none, which makes driftctl fetch its default. */
  readonly providerVersion: string | undefined;
}

export type FoundDriftctl = { readonly program: DriftctlProgram } | { readonly absent: string };

/** Where the container image has it. */
export const imagePlace = '/opt/driftctl/driftctl';
/** The variable that names another place. */
export const placeVariable = 'INVENTORY_DRIFTCTL';

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

const findCommand = async (environment: Environment): Promise<string | undefined> => {
  const named = environment[placeVariable];
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  const places = named ? [named] : [imagePlace, ...folders.map(folder => join(folder, 'driftctl'))];
  for (const place of places) if (await isExecutable(place)) return place;
  return undefined;
};

/** Go's names of this machine, as they stand in the path of the plugins. */
const machine = (): string => {
  const systems: Readonly<Record<string, string>> = { win32: 'windows' };
  const processors: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };
  return `${systems[process.platform] ?? process.platform}_${processors[process.arch] ?? process.arch}`;
};

const listProviders = async (configDirectory: string): Promise<string[]> => {
  const names = await readdir(join(configDirectory, '.driftctl', 'plugins', machine())).catch(() => []);
  const versions = names.flatMap(name => /^terraform-provider-aws_v(\d+\.\d+\.\d+)/.exec(name)?.[1] ?? []);
  return versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
};

type Providers = Pick<DriftctlProgram, 'configDirectory' | 'providerVersion'>;

/** The directory that is set; else the first of the program's own and the home that has a provider. */
const findProviders = async (command: string, environment: Environment): Promise<Providers> => {
  const set = environment['DCTL_CONFIG_DIR'];
  const places = set ? [set] : [dirname(await realpath(command)), environment['HOME'] ?? ''].filter(isAbsolute);
  const wanted = environment['DCTL_TF_PROVIDER_VERSION'];
  for (const configDirectory of places) {
    const versions = await listProviders(configDirectory);
    if (versions.length > 0) return { configDirectory, providerVersion: wanted || versions[0] };
  }
  return { configDirectory: set || environment['HOME'] || undefined, providerVersion: wanted || undefined };
};

/**
 * driftctl of INVENTORY_DRIFTCTL, the image, or PATH, in this order. `absent` says why there is none, for the report: a
 * program that does not tell its version is none.
 */
export const findDriftctl = async (environment: Environment, signal: AbortSignal): Promise<FoundDriftctl> => {
  const command = await findCommand(environment);
  const named = environment[placeVariable];
  if (command === undefined) {
    return { absent: named ? `${placeVariable} is ${named}, which is no program` : 'driftctl is not on this machine' };
  }
  const end = await runCaptured({
    command,
    arguments: ['version'],
    directory: dirname(command),
    environment: { DCTL_NO_VERSION_CHECK: '1', DCTL_DISABLE_TELEMETRY: 'true' },
    seconds: 20,
    graceSeconds: 1,
    signal,
    secrets: [],
  });
  const version = /v?\d+\.\d+\.\d+\S*/.exec(end.stdout)?.[0];
  if (version === undefined) {
    const said = (end.startError ?? end.stderr.split('\n').at(-1)) || `exit code ${end.exitCode ?? 'none'}`;
    return { absent: `${command} does not tell its version: ${said}` };
  }
  return { program: { command, version, ...(await findProviders(command, environment)) } };
};
