// What the programs call beside what their roles may: a call without its right, and a right without a call, are both mistakes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../../contract/access/policy-document.ts';
import { exporterPolicy, orchestratorPolicy, runnerPolicy } from '../../../contract/access/role-statements.ts';
import { sampleFacts, security } from './sample-estate.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** IAM's action for an operation of the SDK, where it is not `service:Operation`; null where none is asked for. */
const actionOf: Readonly<Record<string, string | null>> = {
  'sts:GetCallerIdentity': null,
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:CompleteMultipartUpload': 's3:PutObject',
  's3:UploadPart': 's3:PutObject',
};

/** The project's own files of a program that are in its bundle, with the operations that they import. */
const operationsOf = async (entry: string): Promise<string[]> => {
  const { metafile } = await build({
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'out',
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    packages: 'external',
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  return files.flatMap(file =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-(\w+)'/g)].flatMap(
      ([, names = '', service = '']) =>
        [...names.matchAll(/\b(?<!type )(?:paginate(\w+)|(\w+)Command)\b(?!Input|Output)/g)].map(
          ([, paginated, command]) => `${service}:${paginated ?? command}`,
        ),
    ),
  );
};

/** Calls of a file that the program does not make: it uses another part of it. */
const unused: Readonly<Record<string, readonly string[]>> = {
  'uploader/main.ts': ['s3:GetObject'],
  // A query lists the reports of a day; the exporter knows their keys.
  'exporter/main.ts': ['s3:PutObject', 's3:ListObjectsV2'],
};

const actionsCalledBy = async (...entries: readonly string[]): Promise<string[]> => {
  const found = await Promise.all(
    entries.map(async entry => (await operationsOf(entry)).filter(call => !unused[entry]?.includes(call))),
  );
  const actions = found.flat().flatMap(call => (call in actionOf ? (actionOf[call] ?? []) : call));
  return [...new Set(actions)].sort();
};

const actionsIn = (document: PolicyDocument): string[] =>
  [...new Set(document.Statement.flatMap(({ Action }) => Action))].sort();

/** Everything that costs a right of its own is switched on. */
const facts = sampleFacts({
  accounts: { tags: { stage: ['prod'] }, organizationalUnits: { include: ['Workloads'] } },
  role: { sourceIdentity: 'inventory' },
  reports: { kmsKey: `arn:aws:kms:eu-west-1:${security}:key/1234` },
});

/** S3 asks KMS in the caller's name. */
const throughS3 = ['kms:Decrypt', 'kms:GenerateDataKey'];

describe('the calls of', () => {
  it('the orchestrator are what its role may', async () => {
    const called = await actionsCalledBy('orchestrator/main.ts');
    // Nothing in the cluster assumes a role for it.
    expect(called.filter(action => action !== 'sts:AssumeRole')).toEqual(
      actionsIn(orchestratorPolicy(facts)).filter(action => !throughS3.includes(action)),
    );
  });

  it('assume and upload are what the role of the runners may', async () => {
    const called = await actionsCalledBy('runner/assume/main.ts', 'uploader/main.ts');
    // Asked for by a parameter of AssumeRole.
    expect([...called, 'sts:SetSourceIdentity'].sort()).toEqual(
      actionsIn(runnerPolicy(facts)).filter(action => !throughS3.includes(action)),
    );
  });

  it('the exporter are what its role may', async () => {
    const called = await actionsCalledBy('exporter/main.ts');
    // A version of an object is a parameter of GetObject, and a right of its own.
    expect([...called, 's3:GetObjectVersion'].sort()).toEqual(
      actionsIn(exporterPolicy(facts)).filter(action => !throughS3.includes(action)),
    );
  });
});
