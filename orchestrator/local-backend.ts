// The backend of this machine: runner Jobs as local processes, with the template read from its file.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { LocalImages } from '../clients/pods/images.ts';
import { type LocalJobs, openLocalJobs } from '../clients/pods/local-jobs.ts';
import { checkTemplate } from '../clients/pods/template-check.ts';
import { InventoryError } from '../contract/errors.ts';
import { withRefresh } from '../contract/long-scans.ts';
import { hasFinished } from '../contract/observed-job.ts';
import type { RunnerTemplate } from '../contract/runner-job.ts';
import type { JobBackend } from './backend.ts';

export interface LocalBackendOptions {
  /** Directory of this run: its beginning and its Jobs. */
  readonly directory: string;
  readonly templateFile: string;
  /** Whether credentials are renewed beside each scan. */
  readonly longScans: boolean;
  readonly images: LocalImages;
  /** Command that starts a Job's supervisor. */
  readonly kubelet: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface LocalBackend extends JobBackend {
  /** Directories with what a failed Job had made, which never reached the bucket. */
  readonly keptReports: (job: string) => readonly string[];
}

const templateShape = z.looseObject({
  kind: z.literal('CronJob'),
  spec: z.looseObject({
    jobTemplate: z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({}) }) }) }),
  }),
});

const readTemplate = (file: string, images: LocalImages): RunnerTemplate => {
  const refuse = (reason: string, cause?: unknown) =>
    new InventoryError('template-unusable', `The runner template ${file} cannot be used: ${reason}`, {
      cause,
      remedy: 'Correct the template as listed, or name in local.images the command that stands for an image.',
    });
  let document: unknown;
  try {
    document = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw refuse((cause as Error).message, cause);
  }
  const shaped = templateShape.safeParse(document);
  if (!shaped.success) throw refuse(`${shaped.error.issues[0]?.path.join('.')}: ${shaped.error.issues[0]?.message}`);
  const template = document as RunnerTemplate;
  const reasons = checkTemplate(template, images);
  if (reasons.length > 0) throw refuse(`\n  ${reasons.join('\n  ')}`);
  return template;
};

/** Written once, by whoever starts the run first: its date names the folder of every report, also after midnight. */
const beginRun = (directory: string): { startedAt: string; date: string } => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'run.json');
  const startedAt = new Date().toISOString();
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ startedAt, date: startedAt.slice(0, 10) })}\n`);
  try {
    // A link appears whole or not at all, and only once: two orchestrators that start together read the same beginning.
    linkSync(draft, file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(draft);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
};

const endUnfinished = async (jobs: LocalJobs, name: string): Promise<void> => {
  const job = await jobs.readJob(name);
  if (job !== undefined && !hasFinished(job)) await jobs.deleteJob(name);
};

export const openLocalBackend = (options: LocalBackendOptions): LocalBackend => {
  const { directory, images, kubelet, environment } = options;
  const jobs = openLocalJobs({ directory: join(directory, 'jobs'), images, kubelet, environment });
  return {
    readTemplate: async () => {
      const template = readTemplate(options.templateFile, images);
      return options.longScans ? withRefresh(template) : template;
    },
    beginRun: async () => ({ ...beginRun(directory), deadlineFrom: new Date().toISOString(), endsBefore: null }),
    isCancelled: async () => false,
    createJob: jobs.createJob,
    readJob: jobs.readJob,
    listJobs: jobs.listJobs,
    deleteJob: jobs.deleteJob,
    waitForChange: jobs.waitForChange,
    // Nobody would follow what still runs: it is ended here, and the next start makes it anew. What has finished stays.
    leave: async names => {
      await Promise.all(names.map(name => endUnfinished(jobs, name)));
    },
    keptReports: job => jobs.keptVolumes(job).map(volume => volume.path),
  };
};
