// The manifests, the pipeline and the image's recipe, as far as they can be read without a cluster.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { V1Container, V1CronJob, V1JobSpec, V1PodSpec, V1Role } from '@kubernetes/client-node';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { containerNames } from '../contract/names.ts';
import { orchestratorEnvironmentSchema } from '../contract/orchestrator-environment.ts';
import { readSettings } from '../contract/read-settings.ts';
import { scanReportSchema } from '../contract/scan-report.ts';
import { settingsSchema } from '../contract/settings.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const documents = <Kind>(path: string): Kind[] =>
  parseAllDocuments(read(path), { merge: true }).map(document => document.toJS() as Kind);
const jobOf = (path: string): V1JobSpec => {
  const spec = documents<V1CronJob>(path)[0]?.spec?.jobTemplate.spec;
  if (spec === undefined) throw new Error(`${path} has no Job`);
  return spec;
};
const podOf = (path: string): V1PodSpec => {
  const spec = jobOf(path).template.spec;
  if (spec === undefined) throw new Error(`${path} has no pod`);
  return spec;
};
const orchestratorFile = 'k8s/base/orchestrator/cronjob.yaml';
const runnerFile = 'k8s/base/runner/job-template.yaml';

const temporary = mkdtempSync(join(tmpdir(), 'manifests-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe('the orchestrator’s CronJob', () => {
  it('gives its container every variable that the program needs, and one message file', () => {
    const [container] = podOf(orchestratorFile).containers;
    const names = new Set((container?.env ?? []).map(({ name }) => name));
    // The API server gives every pod its own address.
    const given = new Set([...names, 'KUBERNETES_SERVICE_HOST']);
    const required = Object.entries(orchestratorEnvironmentSchema.shape).filter(([, type]) => !type.isOptional());
    expect(required.map(([name]) => name).filter(name => !given.has(name))).toEqual([]);
    const message = container?.env?.find(({ name }) => name === 'INVENTORY_TERMINATION_MESSAGE')?.value;
    expect(message).toBe(container?.terminationMessagePath);
  });

  it('outlives the runner Jobs, which go with it', () => {
    const runner = jobOf(runnerFile).ttlSecondsAfterFinished ?? 0;
    expect(jobOf(orchestratorFile).ttlSecondsAfterFinished).toBeGreaterThanOrEqual(runner);
    const spec = documents<V1CronJob>(orchestratorFile)[0]?.spec;
    // Runs an hour apart must all stay until their runners are gone.
    const hours = runner / 3600;
    expect(spec?.successfulJobsHistoryLimit).toBeGreaterThanOrEqual(hours);
    expect(spec?.failedJobsHistoryLimit).toBeGreaterThanOrEqual(hours);
  });

  it('ends its Job later than the settings end the run', () => {
    const deadline = jobOf(orchestratorFile).activeDeadlineSeconds ?? 0;
    expect(deadline).toBeGreaterThan(settingsSchema.parse({}).run.deadline);
    const text = read('k8s/base/config.yaml');
    expect(deadline).toBeGreaterThan(
      readSettings({ file: { name: 'config.yaml', text }, environment: {} }).run.deadline,
    );
  });

  it('is not run again after a code that another attempt cannot mend, and disruptions do not count', () => {
    expect(jobOf(orchestratorFile).podFailurePolicy?.rules).toEqual([
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      {
        action: 'FailJob',
        onExitCodes: { containerName: 'orchestrator', operator: 'In', values: [2, 3, 40] },
      },
    ]);
  });
});

describe('the objects', () => {
  const all = globSync(['k8s/base/**/*.yaml', 'k8s/components/{quota,admission,pod-identity}/*.yaml'])
    .filter(file => !/(kustomization|config)\.yaml$/.test(file))
    .flatMap(file => documents<V1CronJob>(file));

  it('carry the labels by which people find them, pods too', () => {
    const unlabelled = all.filter(
      ({ metadata, kind }) =>
        metadata?.labels?.['app'] !== 'inventory' && !(kind === 'CronJob' && metadata?.labels === undefined),
    );
    expect(unlabelled).toEqual([]);
    for (const [file, component] of [
      [orchestratorFile, 'orchestrator'],
      [runnerFile, 'runner'],
    ] as const) {
      expect(jobOf(file).template.metadata?.labels).toEqual({ app: 'inventory', component, cloud: 'aws' });
    }
  });

  it('give the orchestrator the rights it uses and the runner none', () => {
    const [role, binding] = documents<V1Role & { subjects: readonly { name: string }[] }>('k8s/base/role.yaml');
    expect(role?.rules).toEqual([
      { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get', 'list', 'watch', 'delete'] },
      { apiGroups: ['batch'], resources: ['cronjobs'], resourceNames: ['aws-inventory-runner'], verbs: ['get'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      { apiGroups: [''], resources: ['events'], verbs: ['list'] },
    ]);
    expect(binding?.subjects.map(({ name }) => name)).toEqual(['aws-inventory-orchestrator-sa']);
  });

  it('keep every container but assume and upload from the tokens that a webhook hands out, own scanners of the components too', () => {
    const replaced = documents<readonly { path: string; value?: V1Container | string }[]>(
      'k8s/components/scanner-aws-recon/runner.yaml',
    ).flat();
    const scanners = [
      ...(podOf(runnerFile).initContainers ?? []).map(({ name }) => name),
      ...replaced.flatMap(({ value }) => (typeof value === 'object' ? [value.name] : [])),
    ].filter(name => name !== containerNames.assume);
    for (const component of ['irsa-annotation', 'pod-identity']) {
      const { annotations } = jobOf(`k8s/components/${component}/runner.yaml`).template.metadata ?? {};
      expect(annotations?.['eks.amazonaws.com/skip-containers']?.split(',')).toEqual(scanners);
    }
  });

  it('have settings that the program accepts, in the base and in every overlay', () => {
    const files = globSync(['k8s/base/config.yaml', 'k8s/overlays/*/config.yaml']);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const environment = Object.fromEntries(
        [...read(join(file, '../environment.env')).matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
      );
      const settings = readSettings({ file: { name: file, text: read(file) }, environment });
      expect(settings.reports.expectedOwner).toBe(environment['SECURITY_ACCOUNT_ID']);
      const deadline = globSync(join(file, '../orchestrator.yaml')).map(patch => jobOf(patch).activeDeadlineSeconds);
      expect(deadline[0] ?? jobOf(orchestratorFile).activeDeadlineSeconds).toBeGreaterThan(settings.run.deadline);
    }
  });
});

describe('aws-recon’s wrap', () => {
  /** The component's container with an `aws_recon` that leaves a file and ends with this code. */
  const runWrapped = (exitCode: number): string => {
    const [, , , replacement] = documents<readonly { value?: V1Container }[]>(
      'k8s/components/scanner-aws-recon/runner.yaml',
    ).flat();
    const [shell = '', flag = '', script = '', ...rest] = [
      ...(replacement?.value?.command ?? []),
      ...(replacement?.value?.args ?? []),
    ];
    const recon = join(temporary, `recon-${exitCode}`);
    const path = join(temporary, `bin-${exitCode}`);
    mkdirSync(recon);
    mkdirSync(path);
    const program = `#!/bin/sh\necho "$@" >${recon}/arguments\nexit ${exitCode}\n`;
    writeFileSync(join(path, 'aws_recon'), program, { mode: 0o755 });
    execFileSync(shell, [flag, script.replaceAll('/recon/', `${recon}/`), ...rest], {
      env: { PATH: `${path}:${process.env['PATH']}`, INVENTORY_RUN: 'a-run', INVENTORY_ACCOUNT_ID: '111111111111' },
    });
    expect(read(join(recon, 'arguments'))).toBe('-v -r global,eu-west-1,eu-central-1\n');
    return recon;
  };

  it('ends with 0 also when aws-recon did not, and leaves a verdict that makes the account partial', () => {
    const report = scanReportSchema.parse(JSON.parse(read(join(runWrapped(3), 'scan.json'))));
    expect(report).toMatchObject({ run: 'a-run', account: '111111111111', verdict: { outcome: 'partial' } });
    expect(report.verdict.message).toContain('exit code 3');
  });

  it('adds nothing when aws-recon ended well', () => {
    expect(globSync(join(runWrapped(0), 'scan.json'))).toEqual([]);
  });
});

describe('the page for operators', () => {
  const page = read('docs/kubernetes.md');

  it('links to files that exist, and names every component', () => {
    const links = [...page.matchAll(/\]\((?!http)([^)#]+)/g)].map(([, link]) => join('docs', link ?? ''));
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(link => !existsSync(link))).toEqual([]);
    const components = globSync('k8s/components/*').map(path => basename(path));
    expect(components.filter(name => !page.includes(`\`${name}\``) && name !== 'vars')).toEqual([]);
  });

  it('names every kind of object of the base', () => {
    const kinds = globSync('k8s/base/{*,*/*}.yaml').flatMap(file =>
      documents<{ kind?: string } | null>(file).flatMap(each => each?.kind ?? []),
    );
    expect([...new Set(kinds)].filter(kind => kind !== 'Kustomization' && !page.includes(kind))).toEqual([]);
  });
});
