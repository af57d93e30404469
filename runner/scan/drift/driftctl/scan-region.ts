// driftctl in one region: at once, or service by service where one odd answer of AWS has ended it, as any does.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startStopwatch } from '../../../../clients/clock.ts';
import type { DriftctlProgram } from '../../../../clients/driftctl/find-driftctl.ts';
import { type DriftctlEnd, scanWithDriftctl } from '../../../../clients/driftctl/scan.ts';
import { type DriftctlDocument, parseDriftctlDocument } from '../../../../contract/drift/driftctl-document.ts';
import type { DriftctlRun } from './judge-runs.ts';
import { driftctlServices, driftctlTypes, isGlobalType } from './supported-types.ts';

export interface RegionScan {
  readonly program: DriftctlProgram;
  readonly region: string;
  /** The one run that looks at global types. */
  readonly withGlobalTypes: boolean;
  /** A directory of state files. */
  readonly states: string;
  /** Of nobody else; files may be left in it. */
  readonly directory: string;
  /** Lines of a .driftignore. */
  readonly driftignore: string;
  /** JMESPath, as driftctl's --filter takes it. */
  readonly filter: string | undefined;
  /** Whether service-linked roles count. */
  readonly strict: boolean;
  /** Credentials, proxy and authorities. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly secrets: readonly string[];
}

export interface RegionEnd {
  readonly run: DriftctlRun;
  /** One, or one for each service; none when nothing came of it. */
  readonly documents: readonly DriftctlDocument[];
  /** By type of a service that driftctl could not list: why, in its words. */
  readonly leftOut: ReadonlyMap<string, string>;
}

const graceSeconds = 5;

const compareTexts = (a: string, b: string): number => (a < b ? -1 : 1);

/** Last, because the last line that matches decides: a `!` of the user's must not bring the others back. */
const ignoreFile = (scan: RegionScan, types: ReadonlySet<string>): string =>
  [scan.driftignore, ...[...driftctlTypes].filter(type => !types.has(type)), ''].join('\n');

const scanTypes = async (scan: RegionScan, types: readonly string[], seconds: number): Promise<DriftctlEnd> => {
  const ignoring = join(scan.directory, 'driftignore');
  await writeFile(ignoring, ignoreFile(scan, new Set(types)));
  const empty = join(scan.directory, 'working');
  await mkdir(empty, { recursive: true });
  // Each file by its name: of a directory with an absolute path driftctl finds none.
  const files = (await readdir(scan.states)).sort(compareTexts);
  return scanWithDriftctl({
    program: scan.program,
    flags: [
      ...['--driftignore', ignoring, ...files.flatMap(file => ['--from', `tfstate://${join(scan.states, file)}`])],
      ...(scan.filter === undefined ? [] : ['--filter', scan.filter]),
      ...(scan.strict ? ['--strict'] : []),
    ],
    directory: empty,
    temporaryDirectory: scan.directory,
    environment: { ...scan.environment, AWS_REGION: scan.region, AWS_DEFAULT_REGION: scan.region },
    seconds,
    graceSeconds,
    signal: scan.signal,
    secrets: scan.secrets,
  });
};

/** The document, or in one line why there is none. */
const readDocument = ({ text, failure }: DriftctlEnd, { program }: RegionScan): DriftctlDocument | string => {
  if (text === undefined) return failure ?? 'it left nothing';
  try {
    return parseDriftctlDocument(JSON.parse(text), program.version);
  } catch {
    return 'its document is no JSON';
  }
};

/** Of one service: AWS has answered, and not that who asks may not sign in; or driftctl names a type, or fell over one. */
const isOfListing = ({ exit, failure = '' }: DriftctlEnd): boolean =>
  exit === 2 && /status code: (?!403)\d{3}|error scanning resource|: panic: /.test(failure);

const isDrift = ({ exit }: DriftctlEnd): boolean => exit === 1;

/** Each service with a run of its own: what one of them breaks is lost of that one alone. */
const scanServices = async (scan: RegionScan, types: ReadonlySet<string>, left: () => number): Promise<RegionEnd> => {
  const documents: DriftctlDocument[] = [];
  const leftOut = new Map<string, string>();
  let exit = 0;
  for (const service of driftctlServices.values()) {
    const those = service.filter(type => types.has(type));
    if (those.length === 0) continue;
    const end = await scanTypes(scan, those, Math.max(0, left()));
    const document = readDocument(end, scan);
    if (typeof document === 'string') for (const type of those) leftOut.set(type, document);
    else documents.push(document);
    if (isDrift(end)) exit = 1;
  }
  const [why] = leftOut.values();
  const run = { region: scan.region, exit };
  return documents.length > 0
    ? { run, documents, leftOut }
    : { run: { region: scan.region, exit: 2, message: why ?? 'it left nothing' }, documents, leftOut };
};

/** Never throws for what driftctl does: a run that left nothing has a message. */
export const scanRegion = async (scan: RegionScan): Promise<RegionEnd> => {
  const stopwatch = startStopwatch();
  const types = [...driftctlTypes].filter(type => scan.withGlobalTypes || !isGlobalType(type));
  const end = await scanTypes(scan, types, scan.seconds);
  if (isOfListing(end) && !scan.signal.aborted) {
    return scanServices(scan, new Set(types), () => scan.seconds - stopwatch());
  }
  const document = readDocument(end, scan);
  const run = { region: scan.region, exit: end.exit };
  return typeof document === 'string'
    ? { run: { ...run, message: document }, documents: [], leftOut: new Map() }
    : { run, documents: [document], leftOut: new Map() };
};
