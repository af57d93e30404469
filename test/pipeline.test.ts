// What brings the manifests and the image to a cluster, as far as it can be read: the variables, the pipeline, the image's recipe.
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(path, 'utf8');
const variableNames = [
  'BILLING_ACCOUNT_ID',
  'SECURITY_ACCOUNT_ID',
  'ORCHESTRATOR_ROLE',
  'RUNNER_ROLE',
  'BUCKET_NAME',
  'CRON_SCHEDULE',
  'INCLUDE_ACCOUNTS',
];
const namesIn = (path: string): string[] => [...read(path).matchAll(/^(\w+)=/gm)].map(([, name]) => name ?? '');

const temporary = mkdtempSync(join(tmpdir(), 'pipeline-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe('the seven variables', () => {
  it('stand in one order in the example, the overlays, and what both scripts write', () => {
    for (const file of ['k8s/vars.env.example', ...globSync('k8s/overlays/*/environment.env')])
      expect(namesIn(file), file).toEqual(variableNames);
    // Those that replacements put elsewhere must be missing in the base: an old kustomize fails then, and applies no placeholder.
    expect(namesIn('k8s/base/environment.env')).toEqual(['BUCKET_NAME', 'INCLUDE_ACCOUNTS']);
    const powershell = [...read('generate-vars-file.ps1').matchAll(/^\s*"(\w+)=\$\((?:.*Env:)(\w+)\)?/gm)];
    expect(powershell.map(([, name]) => name)).toEqual(variableNames);
    expect(powershell.map(([, , source]) => source)).toEqual(variableNames);
  });

  const script = join(process.cwd(), 'generate-vars-file.sh');
  const generate = (environment: Record<string, string>): string => {
    const directory = mkdtempSync(join(temporary, 'vars-'));
    mkdirSync(join(directory, 'k8s'));
    execFileSync('bash', [script], {
      cwd: directory,
      stdio: 'pipe',
      env: { PATH: process.env['PATH'], ...environment },
    });
    return read(join(directory, 'k8s/vars.env'));
  };
  const values: Record<string, string> = Object.fromEntries(variableNames.map(name => [name, `a ${name} * $HOME`]));

  it('are written by the script as they are, blanks, asterisks and an empty one included', () => {
    const environment = { ...values, CRON_SCHEDULE: '*/5 0 * * 0', INCLUDE_ACCOUNTS: '' };
    expect(generate(environment)).toBe(
      Object.entries(environment)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
  });

  it.each(variableNames)('must all be set: without %s the script fails, and writes nothing', name => {
    const { [name]: _left, ...rest } = values;
    expect(() => generate(rest)).toThrow(name);
    expect(globSync(join(temporary, 'vars-*/k8s/vars.env'))).toHaveLength(1);
  });
});

describe('the pipeline', () => {
  const workflow = parse(read('.github/workflows/deploy.yml')) as {
    on: Record<string, unknown>;
    env: Record<string, string>;
    jobs: { deploy: { steps: readonly { run?: string; uses?: string }[] } };
  };

  it('runs on main and by hand, with the seven variables', () => {
    expect(workflow.on).toEqual({ push: { branches: ['main'] }, workflow_dispatch: null });
    expect(Object.keys(workflow.env)).toEqual(variableNames);
    expect(workflow.env).toMatchObject({
      ORCHESTRATOR_ROLE: 'Inventory-Orchestrator',
      RUNNER_ROLE: 'Inventory-Runner',
      CRON_SCHEDULE: '0 0 * * 0',
      INCLUDE_ACCOUNTS: '',
    });
  });

  it('uses actions of others at a commit alone', () => {
    const used = workflow.jobs.deploy.steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(used.filter(action => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });
});

describe('the image', () => {
  it('is built from every room that a bundle is made of, and skaffold watches the same', () => {
    const letThrough = [...read('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path]) => path?.split('/')[0]);
    const rooms = [...read('build/bundle.mjs').matchAll(/^ {2}\w+: '(\w+)\/.*\.ts'/gm)].map(([, room]) => room);
    expect(rooms.length).toBeGreaterThan(5);
    expect([...rooms, 'contract', 'reports', 'package.json'].filter(room => !letThrough.includes(room))).toEqual([]);
    const skaffold = parse(read('skaffold.yaml')) as {
      apiVersion: string;
      build: { artifacts: readonly { image: string; docker: { dockerfile: string } }[] };
    };
    expect(skaffold.apiVersion).toBe('skaffold/v4beta14');
    const [artifact] = skaffold.build.artifacts;
    expect(artifact?.docker.dockerfile).toBe('Dockerfile');
    const files = ['k8s/base/orchestrator/cronjob.yaml', 'k8s/base/runner/job-template.yaml'];
    const images = files.flatMap(file => [...read(file).matchAll(/ image: (\S+)/g)].map(([, image]) => image));
    expect(images).toEqual(Array(4).fill(artifact?.image));
  });
});
