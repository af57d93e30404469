// driftctl as its users run it: their variables reach it, its document is kept, and what is added never replaces.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { driftctlEnvironment } from '../../../../../runner/scan/drift/driftctl/environment.ts';
import {
  enrichDocument,
  type PassThroughOrder,
  passThrough,
} from '../../../../../runner/scan/drift/driftctl/pass-through.ts';
import { emptyDocument, makeFake, ownDirectory, writes } from '../../../../clients/driftctl/fake-driftctl.ts';

const pass = async (lines: string, more: Partial<PassThroughOrder> = {}) => {
  const fake = makeFake(lines);
  const result = await passThrough({
    ...{ found: { program: fake }, environment: {}, from: [], directory: ownDirectory() },
    ...{ temporaryDirectory: ownDirectory(), seconds: 20, signal: new AbortController().signal },
    ...more,
  });
  const read = (name: string): string => readFileSync(join(fake.here, name), 'utf8');
  return { ...result, arguments: read('arguments').trim(), environment: read('environment') };
};

describe('a run as its user has it', () => {
  it('gets all DCTL_ variables and those of the clouds, and none of ours', async () => {
    const { environment } = await pass(writes(emptyDocument, 0), {
      environment: {
        DCTL_FROM: 'tfstate://a.tfstate',
        DCTL_S3_PROFILE: 'state',
        DCTL_IGNORE: '*,!aws_s3_bucket',
        AWS_PROFILE: 'prod',
        GOOGLE_APPLICATION_CREDENTIALS: '/g.json',
        HTTPS_PROXY: 'http://proxy:3128',
        INVENTORY_BUCKET: 'ours',
        NODE_OPTIONS: '--max-old-space-size=1',
        LD_PRELOAD: '/evil.so',
      },
    });
    for (const line of [
      'DCTL_FROM=tfstate://a.tfstate',
      'DCTL_S3_PROFILE=state',
      'DCTL_IGNORE=*,!aws_s3_bucket',
      'AWS_PROFILE=prod',
      'GOOGLE_APPLICATION_CREDENTIALS=/g.json',
      'HTTPS_PROXY=http://proxy:3128',
      'DCTL_DISABLE_TELEMETRY=true',
    ])
      expect(environment).toContain(`${line}\n`);
    expect(environment).not.toMatch(/INVENTORY_|NODE_OPTIONS|LD_PRELOAD/);
  });

  it('is started where the user is, whose states and .driftignore are named from there', async () => {
    const directory = ownDirectory();
    mkdirSync(join(directory, 'states'));
    const result = await pass(`ls > "$here/files"\n${writes(emptyDocument, 0)}`, { directory });
    expect(result.environment).toContain(`PWD=${directory}\n`);
  });

  it('takes the states of the command line before DCTL_FROM, commas and quotes in them included', async () => {
    const { arguments: words } = await pass(writes(emptyDocument, 0), {
      from: ['tfstate://a.tfstate', 'tfstate+s3://b/x,"y".tfstate'],
      driftignoreFile: 'mine',
    });
    expect(words).toMatch(
      /^scan --quiet --from tfstate:\/\/a\.tfstate --from "tfstate\+s3:\/\/b\/x,""y""\.tfstate" --driftignore mine -o json:/,
    );
  });

  it('writes the files that DCTL_OUTPUT asks for beside ours, and leaves the terminal to us', async () => {
    const { arguments: words } = await pass(writes(emptyDocument, 0), {
      environment: { DCTL_OUTPUT: 'json://stdout,html://report.html,console://' },
    });
    expect(words).toMatch(/^scan --quiet -o html:\/\/report\.html -o json:\/\/\S+driftctl\.json$/);
  });

  it.each([
    [0, 'in-sync', {}],
    [
      1,
      'drift',
      { unmanaged: [{ id: 'a', type: 'aws_iam_user' }], summary: { ...emptyDocument.summary, total_unmanaged: 1 } },
    ],
  ])('ends with %i and is %s, its document unchanged', async (code, outcome, more) => {
    const document = { ...emptyDocument, ...more };
    const result = await pass(writes(document, code), { environment: { AWS_REGION: 'eu-west-1' } });
    expect(result).toMatchObject({ exit: code, engine: { outcome, runs: [{ region: 'eu-west-1', exit: code }] } });
    expect(result.verbatim).toEqual(document);
    expect(result.document?.missing).toEqual([]);
  });

  it('that fails says why without the secrets of the environment', async () => {
    const result = await pass('echo "cannot use token-of-the-workspace" >&2; exit 2', {
      environment: { DCTL_TFC_TOKEN: 'token-of-the-workspace' },
    });
    expect(result).toMatchObject({ exit: 2, verbatim: undefined, document: undefined });
    expect(result.engine).toMatchObject({
      outcome: 'failed',
      message: 'it ended with 2 (an error): cannot use [redacted]',
    });
  });

  it('of a driftctl that is not there is absent, and says so', async () => {
    const order = { environment: {}, from: [], directory: '/', temporaryDirectory: '/', seconds: 1 };
    const found = { absent: 'driftctl is not on this machine' };
    const { engine, exit } = await passThrough({ ...order, found, signal: new AbortController().signal });
    expect([engine.outcome, engine.message, exit]).toEqual(['absent', 'driftctl is not on this machine', null]);
  });
});

describe('an enriched document', () => {
  const verbatim = { ...emptyDocument, managed: [{ id: 'a', type: 'b' }], coverage: 100, hints: ['kept'] };

  it('has every key of driftctl with its value, empty lists for null, and the added ones', () => {
    const added = {
      account: '1',
      coverage: 1,
      managed: [],
      differences: [],
      summary: { total_changed: 0, total_managed: 9 },
    };
    expect(enrichDocument(verbatim, added)).toEqual({
      ...verbatim,
      ...{ account: '1', differences: [], unmanaged: [], missing: [], alerts: {} },
      summary: { ...emptyDocument.summary, total_changed: 0 },
    });
  });

  it('leaves the differences of the first generation to it', () => {
    const difference = [{ res: { id: 'a', type: 'b' }, changelog: [] }];
    expect(enrichDocument({ ...verbatim, differences: difference }, { differences: [] })['differences']).toBe(
      difference,
    );
  });
});

describe('the environment of a run over copies', () => {
  const environment = {
    AWS_ACCESS_KEY_ID: 'foreign',
    AWS_PROFILE: 'foreign',
    AWS_CA_BUNDLE: '/ca.pem',
    https_proxy: 'http://proxy:3128',
    NO_PROXY: '',
    DCTL_FROM: 'tfstate://other',
    HOME: '/root',
  };

  it('has the way to AWS and the identity of the file, and nothing else', () => {
    expect(driftctlEnvironment(environment, { credentialsFile: '/aws/creds' })).toEqual({
      AWS_CA_BUNDLE: '/ca.pem',
      https_proxy: 'http://proxy:3128',
      AWS_SHARED_CREDENTIALS_FILE: '/aws/creds',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  });

  it.each([
    [
      { accessKeyId: 'A', secretAccessKey: 'S' },
      { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S' },
    ],
    [
      { accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T' },
      { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_SESSION_TOKEN: 'T' },
    ],
  ])('has the keys that are given', (keys, variables) => {
    expect(driftctlEnvironment({}, { keys })).toEqual({ ...variables, AWS_EC2_METADATA_DISABLED: 'true' });
  });
});
