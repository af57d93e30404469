// Facts that are written twice: in YAML and in contract/, in docs and in code.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { assumeEnvironmentSchema } from '../contract/container-environment/assume.ts';
import { scanEnvironmentSchema } from '../contract/container-environment/scan.ts';
import { uploadEnvironmentSchema } from '../contract/container-environment/upload.ts';
import { errorCatalogue, isErrorCode } from '../contract/error-catalogue.ts';
import { containerNames, runnerTemplateName } from '../contract/names.ts';
import { readSettings } from '../contract/read-settings.ts';
import { stampRunnerJob } from '../contract/runner-job.ts';
import { assumeEnvironment, scanEnvironment, uploadEnvironment } from '../contract/stamped-facts.ts';
import { account, plan, template } from './orchestrator/fixtures.ts';

const readme = readFileSync('README.md', 'utf8');
const errorsPage = readFileSync('docs/errors.md', 'utf8');
const sources = globSync([
  '{contract,clients,orchestrator,runner,uploader,reports,exporter,infrastructure,cli,sandbox}/**/*.ts',
]).filter(file => file !== 'contract/error-catalogue.ts');
const sourceText = sources.map(file => readFileSync(file, 'utf8')).join('\n');

const facts = () => {
  const planned = plan([account('111111111111')]).planned[0];
  if (planned === undefined) throw new Error('nothing planned');
  return planned.facts;
};
const pod = () => {
  const spec = template().spec?.jobTemplate.spec?.template.spec;
  if (spec === undefined) throw new Error('the template has no pod');
  return spec;
};
const containers = () => [...(pod().initContainers ?? []), ...pod().containers];
const named = (name: string) => {
  const found = containers().find(container => container.name === name);
  if (found === undefined) throw new Error(`the template has no container ${name}`);
  return found;
};

describe('the runner template', () => {
  it('has the name and the containers that the contract promises, in their order', () => {
    expect(template().metadata?.name).toBe(runnerTemplateName);
    expect(template().spec?.suspend).toBe(true);
    expect(containers().map(({ name }) => name)).toEqual(Object.values(containerNames));
  });

  it.each([
    ['assume', assumeEnvironmentSchema],
    ['scan', scanEnvironmentSchema],
    ['upload', uploadEnvironmentSchema],
  ] as const)('gives %s, once stamped, every variable that it needs, and one message file', (name, schema) => {
    const stamped = stampRunnerJob(template(), facts()).spec?.template.spec;
    const container = [...(stamped?.initContainers ?? []), ...(stamped?.containers ?? [])].find(
      each => each.name === name,
    );
    const environment = Object.fromEntries(
      (container?.env ?? []).map(variable => [variable.name, variable.value]).filter(([, value]) => value !== ''),
    );
    expect(schema.safeParse(environment).error?.issues ?? []).toEqual([]);
    expect(environment['INVENTORY_TERMINATION_MESSAGE']).toBe(container?.terminationMessagePath);
  });

  it('stamps no variable that no program reads', () => {
    const everything = {
      ...facts(),
      externalId: 'x',
      sourceIdentity: 'x',
      otherPrefix: 'x',
      bucketOwner: '111111111111',
      kmsKey: 'x',
      drift: {
        engine: 'both' as const,
        from: ['tfstate+s3://states/x'],
        problem: 'x',
        state: { roleArn: 'arn:aws:iam::111111111111:role/x', externalId: 'x', region: 'x', kmsKeys: ['x'] },
        ignore: [{ type: 'aws_vpc', owner: 'x', reason: 'x' }],
      },
    };
    const read = { assume: assumeEnvironmentSchema, scan: scanEnvironmentSchema, upload: uploadEnvironmentSchema };
    const stamped = {
      assume: assumeEnvironment(everything),
      scan: scanEnvironment(everything),
      upload: uploadEnvironment(everything),
    };
    for (const name of ['assume', 'scan', 'upload'] as const) {
      expect(Object.keys(stamped[name]).filter(key => !Object.hasOwn(read[name].shape, key))).toEqual([]);
    }
  });

  it('mounts the runner’s token in assume and upload alone, and the target’s credentials in memory', () => {
    const mounts = (name: string) => (named(name).volumeMounts ?? []).map(mount => mount.name);
    expect(
      containers()
        .filter(({ name }) => mounts(name).includes('aws-token'))
        .map(({ name }) => name),
    ).toEqual(['assume', 'upload']);
    expect(mounts('upload')).not.toContain('aws-creds');
    expect(pod().volumes?.find(({ name }) => name === 'aws-creds')?.emptyDir?.medium).toBe('Memory');
  });

  it('ends a Job at once on exactly the exit codes that another attempt cannot mend', () => {
    const rules = template().spec?.jobTemplate.spec?.podFailurePolicy?.rules ?? [];
    const codes = new Set(
      rules.filter(({ action }) => action === 'FailJob').flatMap(({ onExitCodes }) => onExitCodes?.values ?? []),
    );
    const permanent = Object.values(errorCatalogue).filter(
      ({ exit, retryable }) => !retryable && [2, 41, 42, 43, 44].includes(exit),
    );
    expect(codes).toEqual(new Set(permanent.map(({ exit }) => exit)));
    expect(
      rules.every(
        ({ onExitCodes }) =>
          onExitCodes === undefined || containers().some(({ name }) => name === onExitCodes?.containerName),
      ),
    ).toBe(true);
  });

  it('is restricted in the sense of Pod Security', () => {
    expect(pod().securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const { securityContext } of containers()) {
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });
});

describe('the errors page', () => {
  it('has a row for every code and no other', () => {
    const rows = [...errorsPage.matchAll(/^\| `([a-z-]+)` \| (\d+) \|/gm)].filter(([, code]) => isErrorCode(code));
    expect(rows.map(([, code]) => code)).toEqual(Object.keys(errorCatalogue));
    const documented = errorsPage.split('<!-- codes -->')[1]?.match(/^\| `/gm)?.length;
    expect(documented).toBe(Object.keys(errorCatalogue).length);
  });

  it('explains every exit code that an error can have', () => {
    const explained = new Set(
      [...errorsPage.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, codes]) => (codes ?? '').split(', ').map(Number)),
    );
    expect(
      [...new Set(Object.values(errorCatalogue).map(({ exit }) => exit))].filter(exit => !explained.has(exit)),
    ).toEqual([]);
  });

  it('has no code that nothing uses', () => {
    expect(
      Object.keys(errorCatalogue).filter(code => !new RegExp(`['"]${code}['"]|\\b${code}:`).test(sourceText)),
    ).toEqual([]);
  });
});

describe('the README', () => {
  const blocks = (language: string) =>
    [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(match => match[1] ?? '');

  it('shows settings that the program accepts', () => {
    const text = blocks('yaml')[0] ?? '';
    const settings = readSettings({
      file: { name: 'README.md', text: text.replaceAll('id: "…"', 'id: "111111111111"') },
      environment: { BUCKET_NAME: 'reports' },
    });
    expect(settings.accounts.exclude).toEqual(['111111111111']);
  });

  it('shows a manifest whose keys are those of the schema', async () => {
    const { manifestSchema } = await import('../contract/manifest.ts');
    const shown = manifestSchema.strict().safeParse(JSON.parse(blocks('json')[0] ?? ''));
    expect(shown.error?.issues ?? []).toEqual([]);
  });

  it('names scripts that exist and links to files that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md')];
    const used = pages.flatMap(page =>
      [...readFileSync(page, 'utf8').matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(match => match[1] ?? ''),
    );
    expect(used.filter(name => scripts[name] === undefined)).toEqual([]);
    const links = [...readme.matchAll(/\]\((?!http)([^)#]+)/g)].map(match => match[1] ?? '');
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(link => globSync(link).length === 0)).toEqual([]);
  });

  it('stands beside YAML that parses', () => {
    for (const file of globSync(['k8s/**/*.yaml', 'sandbox/*.yaml']))
      for (const document of parseAllDocuments(readFileSync(file, 'utf8'), { merge: true }))
        expect(document.errors, file).toEqual([]);
  });
});
