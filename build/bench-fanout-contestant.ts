// One round of npm run bench:fanout, as a process of its own: the orchestrator's submit step, or the same bytes over bare HTTPS.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { readSettings } from '../contract/read-settings.ts';
import { type RunnerTemplate, stampRunnerJob } from '../contract/runner-job.ts';
import { type OwnJob, ownerReferenceOf } from '../orchestrator/own-job.ts';
import { type PlannedAccount, planRun } from '../orchestrator/plan.ts';
import { submitting } from '../orchestrator/run-jobs.ts';
import { keepHeapSmall } from '../orchestrator/small-heap.ts';

export interface Round {
  readonly contestant: 'submit' | 'watched' | 'bare';
  readonly accounts: number;
  readonly run: string;
  readonly ownJob: OwnJob;
  /** As the API server gives it. */
  readonly templateFile: string;
}

export interface RoundResult {
  readonly seconds: number;
  /** User and system time of the submit step; start and planning are not in it. */
  readonly cpuSeconds: number;
  /** Of the whole process. */
  readonly peakKib: number;
}

const directory = process.env['INVENTORY_SERVICE_ACCOUNT_DIRECTORY'] ?? '';

const planAccounts = ({ accounts, run }: Round): readonly PlannedAccount[] => {
  const listed = Array.from({ length: accounts }, (_, at) => ({
    id: String(100_000_000_000 + at),
    name: `account ${at}`,
    state: 'ACTIVE' as const,
    path: ['Workloads', 'Prod'],
    unitIds: null,
    tags: null,
  }));
  const settings = readSettings({ file: { name: 'config.yaml', text: '' }, environment: {} });
  const facts = { partition: 'aws', region: 'eu-west-1', bucket: 'inventory-bench', jobSeconds: 3000 };
  const beginning = { run, date: '2026-11-22', startedAt: '2026-11-22T00:00:00.000Z' } as const;
  return planRun({ accounts: listed, units: [] }, settings, { ...facts, ...beginning }).planned;
};

type Submit = (planned: PlannedAccount) => Promise<unknown>;

interface Contestant {
  readonly submit: Submit;
  readonly close: () => Promise<void>;
}

/** As orchestrator/run-jobs.ts does it; in a run the watch on its Jobs stands meanwhile. */
const openProduct = async ({ run, ownJob, contestant }: Round): Promise<Contestant> => {
  const { openKubernetes } = await import('../clients/kubernetes/connection.ts');
  const { openKubernetesBackend } = await import('../orchestrator/kubernetes-backend.ts');
  const { submitJob } = await import('../orchestrator/submit.ts');
  const stop = new AbortController();
  const connection = openKubernetes(process.env);
  const backend = openKubernetesBackend({ connection, run, ownJob, signal: stop.signal });
  const template = await backend.readTemplate();
  if (contestant === 'watched') await backend.listJobs(run);
  return {
    submit: planned => submitJob(planned, { backend, template, limits: {} }),
    close: async () => {
      stop.abort();
      backend.close();
      await connection.close();
    },
  };
};

/** The bodies are made before the clock starts: what is left is the price of HTTPS and of the API server. */
const openBare = async (round: Round, planned: readonly PlannedAccount[]): Promise<Contestant> => {
  const template = JSON.parse(readFileSync(round.templateFile, 'utf8')) as RunnerTemplate;
  const ownerReferences = [ownerReferenceOf(round.ownJob)];
  const bodies = new Map<PlannedAccount, Buffer>();
  for (const account of planned) {
    const job = stampRunnerJob(template, account.facts);
    const metadata = { ...job.metadata, namespace: 'inventory', ownerReferences };
    bodies.set(account, Buffer.from(JSON.stringify({ ...job, metadata })));
  }
  const token = readFileSync(join(directory, 'token'), 'utf8');
  const agent = new Agent({ keepAlive: true, maxSockets: submitting, ca: readFileSync(join(directory, 'ca.crt')) });
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
  const url = `https://${host}:${port}/apis/batch/v1/namespaces/inventory/jobs`;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const submit: Submit = account =>
    new Promise<void>((resolve, reject) => {
      const posted = request(url, { agent, method: 'POST', headers }, answer => {
        if (answer.statusCode !== 201) reject(new Error(`the API server answered ${answer.statusCode}`));
        answer.resume().once('end', resolve);
      });
      posted.once('error', reject).end(bodies.get(account));
    });
  return { submit, close: async () => agent.destroy() };
};

const peakKib = (): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);

const runRound = async (round: Round): Promise<RoundResult> => {
  const planned = planAccounts(round);
  const { submit, close } = await (round.contestant === 'bare' ? openBare(round, planned) : openProduct(round));
  const cpuBefore = process.cpuUsage();
  const begin = performance.now();
  await pLimit(submitting).map(planned, submit);
  const seconds = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await close();
  return { seconds, cpuSeconds: (user + system) / 1e6, peakKib: peakKib() };
};

keepHeapSmall();
console.log(JSON.stringify(await runRound(JSON.parse(process.argv[2] ?? '{}') as Round)));
