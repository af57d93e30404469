// driftctl over several regions, with small programs in its place: what is asked of each run, and what becomes of its end.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DriftctlOrder, runDriftctl } from '../../../../../runner/scan/drift/driftctl/run-driftctl.ts';
import { copyStates } from '../../../../../runner/scan/drift/driftctl/state-copies.ts';
import {
  driftctlServices,
  driftctlTypes,
  isGlobalType,
} from '../../../../../runner/scan/drift/driftctl/supported-types.ts';
import { emptyDocument, makeFake, ownDirectory } from '../../../../clients/driftctl/fake-driftctl.ts';
import { type SampleResource, sampleState } from './state-samples.ts';

const account = '123456789012';
const regions = ['eu-west-1', 'us-east-1', 'eu-central-1'];

const queue = (region: string): SampleResource => ({ type: 'aws_sqs_queue', of: [{ id: `q-${region}`, region }] });

const run = async (lines: string, states: readonly object[] = [], more: Partial<DriftctlOrder> = {}) => {
  const fake = makeFake(lines);
  const directory = ownDirectory();
  const copying = copyStates({ directory, account, regions });
  for (const [index, state] of states.entries()) await copying.add(`tfstate+s3://states/${index}.tfstate`, state);
  const copies = await copying.finish();
  const result = await runDriftctl({
    ...{ found: { program: fake }, copies, regions, directory, environment: {} },
    ...{ seconds: 20, signal: new AbortController().signal, secrets: [] },
    ...more,
  });
  const left = readdirSync(directory);
  await copying.remove();
  return { ...result, left, here: fake.here, copies };
};

/** Writes a document that says which region it is of, and ends with the code. */
const answer = (list: string, code: number): string => `
  echo '${JSON.stringify(emptyDocument)}' | sed "s|\\"${list}\\":null|\\"${list}\\":[{\\"id\\":\\"q-$AWS_REGION\\",\\"type\\":\\"aws_sqs_queue\\"}]|" > "$out"
  exit ${code}`;

test('each region is one run over its own copies of the states, and what they found is one document', async () => {
  const keep = 'mkdir "$here/$AWS_REGION"; cp $from "$here/$AWS_REGION"';
  const { engine, document, left, here } = await run(`${keep}\n${answer('managed', 0)}`, [
    sampleState(queue('eu-west-1'), queue('us-east-1')),
    sampleState(queue('us-east-1'), { type: 'aws_eip', of: [{ id: 'e', region: 'us-east-1' }] }),
  ]);
  expect(engine).toMatchObject({ engine: 'driftctl', outcome: 'in-sync', version: 'v0.40.0' });
  expect(engine.runs).toEqual([
    { region: 'eu-west-1', exit: 0 },
    { region: 'us-east-1', exit: 0 },
    { region: 'eu-central-1', exit: 0 },
  ]);
  expect(document?.managed.map(({ id, region }) => `${region} ${id}`)).toEqual([
    'eu-central-1 q-eu-central-1',
    'eu-west-1 q-eu-west-1',
    'us-east-1 q-us-east-1',
  ]);
  expect(document?.summary.total_iac_source_count).toBe(2);
  expect(engine.message).toMatch(/1 resource that several states declare went to driftctl once$/);
  expect(left).toEqual(['states']);
  expect(readdirSync(join(here, 'us-east-1')).sort()).toEqual(['00001.tfstate', '00002.tfstate']);
  expect(JSON.parse(readFileSync(join(here, 'eu-central-1', 'empty.tfstate'), 'utf8'))).toMatchObject({
    resources: [],
  });
});

test('the copies are for nobody else to read, and gone when they are removed', async () => {
  const directory = ownDirectory();
  const copying = copyStates({ directory, account, regions });
  await copying.add('a', sampleState(queue('eu-west-1')));
  const { directories, locations } = await copying.finish();
  const [file] = locations.keys();
  expect(statSync(directories.get('eu-west-1') ?? '').mode & 0o777).toBe(0o700);
  expect(statSync(file ?? '').mode & 0o777).toBe(0o600);
  await copying.remove();
  expect(readdirSync(directory)).toEqual([]);
});

test('global types are looked at in the first region alone, after the lines of the user', async () => {
  const { here } = await run(`cp "$ignore" "$here/$AWS_REGION"\n${answer('managed', 0)}`, [], {
    driftignore: '*\n!aws_iam_role',
  });
  expect(readFileSync(join(here, 'eu-west-1'), 'utf8')).toBe('*\n!aws_iam_role\n');
  const other = readFileSync(join(here, 'us-east-1'), 'utf8').trim().split('\n');
  expect(other).toEqual(['*', '!aws_iam_role', ...[...driftctlTypes].filter(isGlobalType)]);
  expect(other).toContain('aws_iam_role');
});

test('filter, strictness, region and credentials are passed on, and the working directory is empty', async () => {
  const { here } = await run(`ls -a > "$here/files"\n${answer('managed', 0)}`, [], {
    regions: ['eu-west-1'],
    filter: "Type=='aws_s3_bucket'",
    strict: true,
    environment: { AWS_SHARED_CREDENTIALS_FILE: '/aws/creds' },
  });
  expect(readFileSync(join(here, 'arguments'), 'utf8')).toContain("--filter Type=='aws_s3_bucket' --strict -o json://");
  const environment = readFileSync(join(here, 'environment'), 'utf8').split('\n');
  expect(environment).toEqual(
    expect.arrayContaining([
      'AWS_SHARED_CREDENTIALS_FILE=/aws/creds',
      'AWS_REGION=eu-west-1',
      'AWS_DEFAULT_REGION=eu-west-1',
    ]),
  );
  expect(readFileSync(join(here, 'files'), 'utf8')).toBe('.\n..\n');
});

test('a region that fails leaves the others, is said by name, and makes the result partial', async () => {
  const { engine, document, alerts } = await run(
    `if [ "$AWS_REGION" = us-east-1 ]; then echo "RequestError: no route" >&2; exit 2; fi\n${answer('unmanaged', 1)}`,
  );
  expect(engine.outcome).toBe('partial');
  expect(engine.runs).toContainEqual({
    region: 'us-east-1',
    exit: 2,
    message: 'it ended with 2 (an error): RequestError: no route',
  });
  expect(document?.unmanaged).toHaveLength(2);
  expect(document?.alerts).toEqual(alerts);
  expect(alerts['']).toEqual([
    { message: 'us-east-1: driftctl left no result: it ended with 2 (an error): RequestError: no route' },
  ]);
});

test('all regions failed is failed, without a document', async () => {
  const { engine, document } = await run('echo "Could not authenticate" >&2; exit 2');
  expect([engine.outcome, document]).toEqual(['failed', undefined]);
  expect(engine.message).toContain('Could not authenticate');
});

/** The queue where it is not ignored; fails as long as the tables are not. */
const brokenTables = (failure: string): string => `
  if ! grep -q '^aws_dynamodb_table$' "$ignore"; then printf '${failure}' >&2; exit 2; fi
  if grep -q '^aws_sqs_queue$' "$ignore"; then echo '${JSON.stringify(emptyDocument)}' > "$out"; exit 0; fi
  ${answer('unmanaged', 1)}`;

test.each([
  ['in the words of AWS alone', 'ValidationException: 1 validation error\\n\\tstatus code: 400, request id: 1\\n'],
  ['with its name', 'error scanning resource type aws_dynamodb_table: RequestError: no such host\\n'],
])('a listing that ends the scan %s costs its service, and the rest is seen', async (_words, failure) => {
  const { engine, document, alerts } = await run(brokenTables(failure), [], { regions: ['eu-west-1'] });
  expect(engine).toMatchObject({ outcome: 'partial', runs: [{ region: 'eu-west-1', exit: 1 }] });
  expect(document?.unmanaged).toEqual([{ id: 'q-eu-west-1', type: 'aws_sqs_queue', region: 'eu-west-1' }]);
  expect(Object.keys(alerts)).toEqual(['aws_dynamodb_table']);
  expect(alerts['aws_dynamodb_table']?.[0]?.message).toMatch(/^eu-west-1: .*without it: it ended with 2/);
});

test('services that all fail are a failure of the region', async () => {
  const { engine, document } = await run('echo "InternalError status code: 500" >&2; exit 2', [], {
    regions: ['eu-west-1'],
  });
  expect([engine.outcome, engine.runs?.[0]?.exit, document]).toEqual(['failed', 2, undefined]);
  expect(engine.message).toContain('InternalError');
});

test('keys that nobody knows are no matter of a listing: nothing is tried again', async () => {
  const { engine, here } = await run('echo "InvalidClientTokenId status code: 403" >&2; exit 2', [], {
    regions: ['eu-west-1'],
  });
  expect(engine.outcome).toBe('failed');
  expect(readFileSync(join(here, 'arguments'), 'utf8').trim().split('\n')).toHaveLength(1);
});

test('each type that is supported belongs to one service', () => {
  const all = [...driftctlServices.values()].flat();
  expect([...all].sort()).toEqual([...driftctlTypes].sort());
  expect(driftctlServices.get('elb')).toEqual(['aws_alb', 'aws_alb_listener', 'aws_elb', 'aws_lb', 'aws_lb_listener']);
  expect(driftctlServices.get('ec2')).toContain('aws_route_table');
});

test.each([
  ['no JSON', 'echo "<html>" > "$out"; exit 0', /no JSON/],
  ['another JSON', `echo '{"summary": 1}' > "$out"; exit 0`, /its document is not that of driftctl v0\.40\.0: summary/],
  ['nothing', 'exit 0', /wrote no document/],
])('a document that is %s is a failure of its region', async (_words, lines, message) => {
  const { engine } = await run(lines);
  expect(engine.outcome).toBe('failed');
  expect(engine.message).toMatch(message);
});

test('a denied type is never a clean result, and nothing at all beside it is a failure', async () => {
  const alerts = { aws_sqs_queue: [{ message: 'listing aws_sqs_queue is forbidden' }] };
  const write = (document: object) => `echo '${JSON.stringify(document)}' > "$out"; exit 0`;
  const nothing = await run(write({ ...emptyDocument, alerts }));
  expect([nothing.engine.outcome, nothing.document?.summary.total_resources]).toEqual(['failed', 0]);
  const item = { id: 'a', type: 'aws_iam_user' };
  const some = await run(write({ ...emptyDocument, managed: [item], alerts }));
  expect(some.engine.outcome).toBe('partial');
  expect(some.engine.message).toContain('aws_sqs_queue');
});

test('resources of the states that no run looks for are alerts, so that nothing passes for looked at', async () => {
  const { engine, alerts } = await run(answer('managed', 0), [
    sampleState(queue('eu-north-1'), {
      type: 'aws_eip_association',
      provider: 'provider["registry.terraform.io/hashicorp/aws"].lost',
      of: [{ id: 'a' }],
    }),
  ]);
  expect(engine.outcome).toBe('partial');
  expect(alerts['']?.map(({ message }) => message)).toEqual([
    'driftctl was not asked about 1 resource of the states, whose region nothing tells: aws_eip_association.this',
    'eu-north-1: driftctl was not asked about 1 resource of the states there, because this region is not scanned',
  ]);
});

test('a region that hangs does not take the time of the others', async () => {
  const { engine } = await run(`if [ "$AWS_REGION" = eu-west-1 ]; then sleep 25; fi\n${answer('managed', 0)}`, [], {
    seconds: 3,
  });
  expect(engine.runs?.map(({ region, exit }) => [region, exit])).toEqual([
    ['eu-west-1', null],
    ['us-east-1', 0],
    ['eu-central-1', 0],
  ]);
  expect(engine.outcome).toBe('partial');
});

test('regions for which no time is left, or that come after a stop, are said to be not run', async () => {
  const late = await run(answer('managed', 0), [], { seconds: 0 });
  expect(late.engine.runs?.[0]).toEqual({ region: 'eu-west-1', exit: null, message: 'no time was left for it' });
  expect(late.engine.outcome).toBe('failed');
  const stopped = await run(answer('managed', 0), [], { signal: AbortSignal.abort() });
  expect(stopped.engine.runs?.[0]?.message).toBe('the scan was stopped before');
});

test('the regions where most is declared come first, after the one that looks at global types', async () => {
  const { engine } = await run(answer('managed', 0), [sampleState(queue('eu-central-1'))]);
  expect(engine.runs?.map(({ region }) => region)).toEqual(['eu-west-1', 'eu-central-1', 'us-east-1']);
});

test('driftctl that is not there is absent, with the reason, and nothing is run', async () => {
  const { engine, document } = await run('exit 0', [], { found: { absent: 'driftctl is not on this machine' } });
  expect(engine).toEqual({ engine: 'driftctl', outcome: 'absent', message: 'driftctl is not on this machine' });
  expect(document).toBeUndefined();
});

test('driftctl of the first generation brings its differences', async () => {
  const difference = {
    res: { id: 'b', type: 'aws_s3_bucket' },
    changelog: [{ type: 'update', path: ['acl'], from: 'a', to: 'b' }],
  };
  const old = { ...emptyDocument, differences: [difference], summary: { ...emptyDocument.summary, total_changed: 1 } };
  const fake = makeFake(`echo '${JSON.stringify(old)}' > "$out"; exit 1`, { version: 'v0.39.0' });
  const directory = ownDirectory();
  const copies = await copyStates({ directory, account, regions: ['eu-west-1'] }).finish();
  const { engine, document } = await runDriftctl({
    ...{ found: { program: fake }, copies, regions: ['eu-west-1'], directory, environment: {} },
    ...{ seconds: 20, signal: new AbortController().signal, secrets: [] },
  });
  expect(engine).toMatchObject({ outcome: 'drift', version: 'v0.39.0' });
  expect(document?.differences).toMatchObject([
    { res: { region: 'eu-west-1' }, changelog: [{ from: 'a', computed: false }] },
  ]);
});
