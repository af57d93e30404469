// The manifests, the pipeline and the image's recipe, as far as they can be read without a cluster.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { V1Container, V1CronJob, V1Deployment, V1JobSpec, V1PodSpec, V1Role } from '@kubernetes/client-node';
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
    // Patches of a component are no objects.
    .filter(file => !/(kustomization|config|components\/.*\/(orchestrator|runner))\.yaml$/.test(file))
    .flatMap(file => documents<V1CronJob>(file));

  it('carry the labels by which people find them, pods too', () => {
    const unlabelled = all.filter(({ metadata }) => metadata?.labels?.['app'] !== 'inventory');
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
    const { annotations } = jobOf(runnerFile).template.metadata ?? {};
    expect(annotations?.['eks.amazonaws.com/skip-containers']?.split(',')).toEqual(scanners);
  });

  it('have settings that the program accepts, in the base and in every overlay', () => {
    const files = globSync(['k8s/base/config.yaml', 'k8s/overlays/*/config.yaml']);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const environment = Object.fromEntries(
        [...read(join(file, '../environment.env')).matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
      );
      const settings = readSettings({ file: { name: file, text: read(file) }, environment });
      expect(settings.reports.expectedOwner).toBe(environment['SECURITY_ACCOUNT_ID'] ?? null);
      const deadline = globSync(join(file, '../orchestrator.yaml')).map(patch => jobOf(patch).activeDeadlineSeconds);
      expect(deadline[0] ?? jobOf(orchestratorFile).activeDeadlineSeconds).toBeGreaterThan(settings.run.deadline);
    }
  });
});

describe('the quota', () => {
  const quota = documents<{ spec: { hard: Record<string, string> } }>('k8s/components/quota/quota.yaml')[0]?.spec.hard;
  const amount = (text: string | undefined): number => {
    const [, number = '0', unit = ''] = /^([\d.]+)(m|Mi|Gi)?$/.exec(text ?? '') ?? [];
    return Number(number) * ({ m: 0.001, Mi: 1, Gi: 1024 }[unit] ?? 1);
  };
  /** What a pod counts for: its largest init container, or all of its containers together. */
  const needOf = (
    containers: Pick<V1PodSpec, 'initContainers' | 'containers'>,
    kind: 'requests' | 'limits',
    what: string,
  ) => {
    const of = ({ resources }: V1Container): number => amount(resources?.[kind]?.[what]);
    const own = containers.containers.reduce((sum, container) => sum + of(container), 0);
    return Math.max(own, ...(containers.initContainers ?? []).map(of));
  };
  const awsRecon = documents<readonly { path: string; value?: V1Container }[]>(
    'k8s/components/scanner-aws-recon/runner.yaml',
  )
    .flat()
    .flatMap(({ value }) => (typeof value === 'object' && 'resources' in value ? [value] : []));
  const runners = {
    base: podOf(runnerFile),
    'aws-recon': { ...podOf(runnerFile), initContainers: awsRecon },
  };

  it.each(Object.entries(runners))(
    'has room for as many runners as run at once, the orchestrator, and an exporter that is replaced: %s',
    (_name, runner) => {
      const text = read('k8s/base/config.yaml');
      const { maxRunning = 50 } = readSettings({ file: { name: 'config.yaml', text }, environment: {} }).run;
      const orchestrator = podOf(orchestratorFile);
      const [deployment] = documents<V1Deployment>('k8s/components/exporter/deployment.yaml');
      const exporter = deployment?.spec?.template.spec ?? { containers: [] };
      for (const [key, kind, what] of [
        ['requests.cpu', 'requests', 'cpu'],
        ['requests.memory', 'requests', 'memory'],
        ['limits.memory', 'limits', 'memory'],
      ] as const) {
        const others = needOf(orchestrator, kind, what) + 2 * needOf(exporter, kind, what);
        const need = maxRunning * needOf(runner, kind, what) + others;
        expect(need, key).toBeGreaterThan(0);
        expect(amount(quota?.[key]), key).toBeGreaterThanOrEqual(need);
      }
      expect(Number(quota?.['pods'])).toBeGreaterThan(maxRunning + 2);
    },
  );
});

describe('aws-recon’s wrap', () => {
  /** The component's container with an `aws_recon` that leaves a file and ends with this code. */
  const runWrapped = (exitCode: number, program: string, seconds = 60): { recon: string; status: number } => {
    const [, , , replacement] = documents<readonly { value?: V1Container }[]>(
      'k8s/components/scanner-aws-recon/runner.yaml',
    ).flat();
    const [shell = '', flag = '', script = '', ...rest] = [
      ...(replacement?.value?.command ?? []),
      ...(replacement?.value?.args ?? []),
    ];
    const recon = mkdtempSync(join(temporary, 'recon-'));
    const path = mkdtempSync(join(temporary, 'bin-'));
    const whole = `#!/bin/sh\necho "$@" >arguments\n${program}\nexit ${exitCode}\n`;
    writeFileSync(join(path, 'aws_recon'), whole, { mode: 0o755 });
    const { status } = spawnSync(shell, [flag, script, ...rest], {
      cwd: recon,
      // Whoever is left over may hold a pipe.
      stdio: 'ignore',
      env: {
        PATH: `${path}:${process.env['PATH']}`,
        INVENTORY_RUN: 'a-run',
        INVENTORY_ACCOUNT_ID: '111111111111',
        INVENTORY_SCAN_SECONDS: String(seconds),
      },
    });
    expect(read(join(recon, 'arguments'))).toBe('-v -r global,eu-west-1,eu-central-1\n');
    return { recon, status: status ?? -1 };
  };
  const verdictOf = (recon: string) => {
    const report = scanReportSchema.parse(JSON.parse(read(join(recon, 'scan.json'))));
    expect(report).toMatchObject({ run: 'a-run', account: '111111111111', verdict: { outcome: 'partial' } });
    return report.verdict;
  };
  const writesReport = 'echo [] >output.json';

  it('ends with 0 also when aws-recon did not, and leaves a verdict that makes the account partial', () => {
    const { recon, status } = runWrapped(3, writesReport);
    expect(status).toBe(0);
    expect(verdictOf(recon)).toMatchObject({
      code: 'services-failed',
      message: expect.stringContaining('exit code 3'),
    });
  });

  it('ends aws-recon when the scan’s time is over, and the account is partial though it then ends with 0', () => {
    const { recon, status } = runWrapped(0, `trap '${writesReport}; exit 0' INT\nsleep 30 & wait $!`, 1);
    expect(status).toBe(0);
    expect(verdictOf(recon)).toMatchObject({
      code: 'scan-deadline',
      message: expect.stringContaining('after 1 seconds'),
    });
  });

  it('fails when aws-recon left no report, whatever it says, so that the Job tries again', () => {
    expect(runWrapped(0, 'true').status).toBe(1);
    expect(runWrapped(3, 'true').status).toBe(1);
  });

  it('adds nothing when aws-recon ended well', () => {
    const { recon, status } = runWrapped(0, writesReport);
    expect(status).toBe(0);
    expect(globSync(join(recon, 'scan.json'))).toEqual([]);
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
