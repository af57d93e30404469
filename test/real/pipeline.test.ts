// The deploy workflow's own shell steps, as they stand in its file, against a real API server: as the seven variables say it.
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildTool } from './cluster/build-tools.ts';
import { type ControlPlane, startControlPlane } from './cluster/control-plane.ts';

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: { readonly deploy: { readonly steps: readonly Step[] } };
}

let cluster: ControlPlane;
let checkout: string;
let runnerTemp: string;
let secrets: Readonly<Record<string, string>>;
let workflow: Workflow;

/** `${{ … }}` as the forge fills it in before a step sees it. */
const filledIn = (values: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      String(value).replace(/\$\{\{ (\w+)\.(\w+) \}\}/g, (whole, context: string, key: string) => {
        if (context === 'secrets') return secrets[key] ?? '';
        return context === 'runner' && key === 'temp' ? runnerTemp : whole;
      }),
    ]),
  );

const runStep = async (step: Step) => {
  const script = join(runnerTemp, 'step.sh');
  await writeFile(script, step.run ?? '');
  const path = [dirname(await buildTool('kustomize')), process.env['PATH']].join(':');
  // As the forge starts `shell: bash`.
  return await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: checkout,
    extendEnv: false,
    env: { PATH: path, HOME: runnerTemp, RUNNER_TEMP: runnerTemp, ...filledIn(workflow.env), ...filledIn(step.env) },
    reject: false,
    all: true,
  });
};
const stepsOf = ({ jobs }: Workflow): Step[] => jobs.deploy.steps.filter(({ run }) => run !== undefined);
const named = (name: string): Step => {
  const step = stepsOf(workflow).find(each => each.name === name);
  if (step === undefined) throw new Error(`the workflow has no step ${name}`);
  return step;
};

/** What each step printed; throws at the first that failed, as the forge stops there. */
const deploy = async (): Promise<string> => {
  const printed: string[] = [];
  for (const step of stepsOf(workflow)) {
    const { exitCode, all } = await runStep(step);
    if (exitCode !== 0) throw new Error(`${step.name}: ${all}`);
    printed.push(all ?? '');
  }
  return printed.join('\n');
};

beforeAll(async () => {
  cluster = await startControlPlane();
  workflow = parse(await readFile('.github/workflows/deploy.yml', 'utf8')) as Workflow;
  checkout = await mkdtemp(join(tmpdir(), 'checkout-'));
  runnerTemp = await mkdtemp(join(tmpdir(), 'runner-'));
  await cp('k8s', join(checkout, 'k8s'), { recursive: true, filter: source => !source.endsWith('vars.env') });
  await cp('generate-vars-file.sh', join(checkout, 'generate-vars-file.sh'));
  secrets = {
    BILLING_ACCOUNT_ID: '444444444444',
    SECURITY_ACCOUNT_ID: '555555555555',
    BUCKET_NAME: 'the-bucket',
    KUBE_CONFIG_DATA: (await readFile(cluster.adminKubeconfig)).toString('base64'),
  };
}, 600_000);
afterAll(async () => {
  await cluster?.stop();
  for (const directory of [checkout, runnerTemp]) await rm(directory, { recursive: true, force: true });
});

describe('the pipeline', () => {
  it('fails, and applies nothing, when there are no variables', async () => {
    await runStep(named('Write the kubeconfig'));
    const { exitCode } = await runStep(named('Deploy'));
    expect(exitCode).not.toBe(0);
    await expect(cluster.kubectl(['get', 'namespace', 'inventory'])).rejects.toThrow('not found');
  });

  it('writes a kubeconfig that nobody else on the machine can read', async () => {
    expect((await runStep(named('Write the kubeconfig'))).exitCode).toBe(0);
    expect((await stat(join(runnerTemp, 'kubeconfig'))).mode & 0o077).toBe(0);
  });

  it('deploys everything from secrets and variables, without a warning, and leaves no kubeconfig', async () => {
    const printed = await deploy();
    expect(printed).toContain('cronjob.batch/aws-inventory-orchestrator created');
    expect(printed).not.toMatch(/warning/i);
    await expect(stat(join(runnerTemp, 'kubeconfig'))).rejects.toThrow('ENOENT');
    const get = async (...what: readonly string[]) =>
      JSON.parse(await cluster.kubectl(['-n', 'inventory', 'get', ...what, '-o', 'json']));
    const { spec } = await get('cronjob', 'aws-inventory-orchestrator');
    expect(spec.schedule).toBe('0 0 * * 0');
    const [container] = spec.jobTemplate.spec.template.spec.containers;
    expect(container.env).toContainEqual({
      name: 'AWS_ROLE_ARN',
      value: 'arn:aws:iam::444444444444:role/Inventory-Orchestrator',
    });
    const environment = await get('configmap', container.envFrom[0].configMapRef.name);
    expect(environment.data).toEqual({
      BILLING_ACCOUNT_ID: '444444444444',
      SECURITY_ACCOUNT_ID: '555555555555',
      ORCHESTRATOR_ROLE: 'Inventory-Orchestrator',
      RUNNER_ROLE: 'Inventory-Runner',
      BUCKET_NAME: 'the-bucket',
      CRON_SCHEDULE: '0 0 * * 0',
      INCLUDE_ACCOUNTS: '',
    });
  });

  it('changes nothing when it runs again', async () => {
    const kinds = 'cronjobs,configmaps,serviceaccounts,roles,rolebindings,networkpolicies';
    const columns = 'custom-columns=:kind,:metadata.name,:metadata.resourceVersion';
    const versions = () => cluster.kubectl(['-n', 'inventory', 'get', kinds, '--no-headers', '-o', columns]);
    const before = await versions();
    expect(before).toContain('aws-inventory-runner');
    expect(await deploy()).not.toContain(' created');
    expect(await versions()).toBe(before);
  });
});
