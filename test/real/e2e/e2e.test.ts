// From nothing to the first run, on a real node and by the commands of the README: thirty accounts, and the orchestrator killed.
import { join, matchesGlob } from 'node:path';
import { EnableAWSServiceAccessCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../../../contract/manifest.ts';
import { runIdOf } from '../../../orchestrator/own-job.ts';
import { findProcesses, readMounts, readVariables, statInside } from './container-processes.ts';
import { readTrustedCaller, readTrustedIdentity, readWebIdentities } from './identities.ts';
import { type Machine, startMachine } from './installation.ts';
import { fillOverlay } from './overlay.ts';
import { createPhases } from './phases.ts';
import { becomeUser, readmeBlocks, type User } from './user.ts';

const bucket = 'my-inventory-bucket';
const members = 30;
const orchestratorJob = 'aws-inventory-orchestrator-manual';
const patiently = { timeout: 200_000, interval: 250 };
const phases = createPhases();
const [install = [], overlay = [], check = [], runCommands = [], followCommands = []] = readmeBlocks();
const [, applyInfrastructure = ''] = install;
const [copyOverlay = '', applyOverlay = ''] = overlay;
const [preflight = ''] = check;
const [follow = '', listRuns = ''] = followCommands;

let machine: Machine;
let user: User;
let security: string;
/** The account whose scan waits for an answer while it is looked at. */
let observed: string;
/** Requests to AWS before the run. */
let beginning: number;

const runnerRole = (): string => `arn:aws:iam::${security}:role/Inventory-Runner`;

interface Pods {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly uid: string };
    readonly status: { readonly phase: string };
  }[];
}
const podsWith = async (labels: string): Promise<Pods['items']> =>
  (await user.json<Pods>(`kubectl -n inventory get pods -l ${labels}`)).items;

interface Job {
  readonly metadata: { readonly uid: string };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
const orchestrator = () => user.json<Job>(`kubectl -n inventory get job ${orchestratorJob}`);
const endOf = ({ status }: Job): string | undefined =>
  status.conditions?.find(each => ['Complete', 'Failed'].includes(each.type) && each.status === 'True')?.type;

const manifestAtEnd = async (): Promise<Manifest> => {
  await vi.waitUntil(async () => endOf(await orchestrator()), patiently);
  const job = await orchestrator();
  const said = await user.type('kubectl -n inventory logs -l component=orchestrator --tail=20');
  expect(endOf(job), said).toBe('Complete');
  return await machine.aws.manifest(runIdOf({ name: orchestratorJob, uid: job.metadata.uid }));
};

/** Of the role in every account, each time that the run asked for it. */
const assumptions = () =>
  machine.aws.proxy.history.slice(beginning).flatMap(({ action, parameters }) => {
    const { RoleArn = '', RoleSessionName = '' } = parameters;
    const [, , , , account = '', role] = RoleArn.split(':');
    return action === 'AssumeRole' && role === 'role/managed/inventory' ? [{ account, RoleSessionName }] : [];
  });

beforeAll(async () => {
  machine = await startMachine({ members, bucket }, phases);
  [security = '', observed = ''] = machine.aws.ids.slice(2);
  user = await becomeUser(machine, security);
}, 240_000);
afterAll(async () => {
  await phases.time('stop', async () => machine?.stop());
  phases.print();
}, 60_000);

/** What the real one does when it is asked to let StackSets act. */
const trustStackSets = async (endpoint: string): Promise<void> => {
  const credentials = { accessKeyId: 'AKIASANDBOXSANDBOX00', secretAccessKey: 'sandbox' };
  const organizations = new OrganizationsClient({ endpoint, region: 'us-east-1', credentials });
  const ServicePrincipal = 'member.org.stacksets.cloudformation.amazonaws.com';
  await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
  organizations.destroy();
};

describe('what AWS needs', () => {
  /** What the simulator does not know: it is asked for, and from then on it is so. */
  const trustedAccess = { service: 'cloudformation', action: 'ActivateOrganizationsAccess' };

  it('is made by infrastructure apply, after which there is nothing left to do', async () => {
    const { proxy } = machine.aws;
    const body =
      '<ActivateOrganizationsAccessResponse><ActivateOrganizationsAccessResult/></ActivateOrganizationsAccessResponse>';
    proxy.setRules([{ match: trustedAccess, answer: { do: 'respond', status: 200, body } }]);
    const { exitCode, all } = await phases.time('infrastructure apply', () => user.typeAws(applyInfrastructure));
    expect(exitCode, all).toBe(0);
    expect(proxy.history.filter(({ action }) => action === trustedAccess.action)).toHaveLength(1);
    await trustStackSets(proxy.url);
    const plan = `${applyInfrastructure.replace('infrastructure apply', 'infrastructure plan')} --exit-code`;
    const after = await phases.time('infrastructure plan', () => user.typeAws(plan));
    expect(after.exitCode, after.all).toBe(0);
  });
});

/** Into the user's overlay. `include` are ids of accounts; empty for all. */
const putValues = (include: string, longScans = false): Promise<void> =>
  fillOverlay(join(machine.directory, 'k8s/overlays/mine'), {
    variables: {
      BILLING_ACCOUNT_ID: machine.aws.managementAccountId,
      SECURITY_ACCOUNT_ID: security,
      ORCHESTRATOR_ROLE: 'Inventory-Orchestrator',
      RUNNER_ROLE: 'Inventory-Runner',
      BUCKET_NAME: bucket,
      CRON_SCHEDULE: '0 0 * * 0',
      INCLUDE_ACCOUNTS: include,
    },
    settings: 'regions: [eu-west-1]\ninventory: {types: ["AWS::S3::Bucket"]}\nrun: {maxRunning: 8}\n',
    imageTag: machine.imageTag,
    endpoint: machine.aws.proxy.url,
    longScans,
  });

describe('the cluster', () => {
  it('takes the overlay that was made from the example', async () => {
    await user.type(copyOverlay);
    await putValues('');
    expect(await user.type(applyOverlay)).toContain('cronjob.batch/aws-inventory-runner created');
  });

  it('passes the preflight', async () => {
    const { exitCode, all } = await phases.time('preflight', () => user.typeAws(preflight));
    expect(exitCode, all).toBe(0);
    expect(all).toMatch(/^passed\tcluster\tinventory\trunner pod/m);
    for (const part of ['assume', 'upload'])
      expect(all).toMatch(new RegExp(`^passed\\tcluster\\tinventory\\tidentity of ${part}`, 'm'));
    expect(all.match(/^passed\taccount\t\d{12}\trole/gm)).toHaveLength(members);
  });

  it('refuses a pod that is not restricted', async () => {
    const run = `kubectl -n inventory run loose --image=dfdsdk/aws-inventory-orchestrator:${machine.imageTag}`;
    await expect(user.type(run)).rejects.toThrow('violates PodSecurity "restricted:latest"');
  });
});

const secrets = '/var/run/secrets';
const mountedSecrets = async (pid: number) =>
  (await readMounts(pid)).flatMap(({ path }) => (path.startsWith(secrets) ? [path] : []));

/** Resolves when the scan of that account waits for an answer, for so long. */
const startRun = async (account: string, milliseconds: number): Promise<void> => {
  const { proxy } = machine.aws;
  const match = { service: 's3', action: 'ListBuckets', accountId: account };
  proxy.setRules([{ match, times: 1, answer: { do: 'delay', milliseconds } }]);
  beginning = proxy.history.length;
  for (const command of runCommands.slice(0, 3)) await user.type(command);
  const waits = () => proxy.history.slice(beginning).some(({ answer }) => answer === 'delay');
  await phases.time('until the scan that is looked at', () => vi.waitUntil(waits, patiently));
};

describe('the first run', () => {
  it('is started by the README’s commands', () => startRun(observed, 25_000));

  it('shows a scan nothing but the credentials of its account, in memory and readable by one user', async () => {
    const [pod] = await podsWith(`aws-inventory/account=${observed}`);
    const [scan = 0, ...others] = await findProcesses('/app/scan.mjs', pod?.metadata.uid);
    expect(others).toEqual([]);
    expect(await mountedSecrets(scan)).toEqual([]);
    expect((await readMounts(scan)).find(({ path }) => path === '/aws')).toMatchObject({ type: 'tmpfs' });
    expect((await readVariables(scan)).get('AWS_WEB_IDENTITY_TOKEN_FILE')).toBe('');
    const credentials = await statInside(scan, '/aws/creds');
    expect([credentials.mode & 0o777, credentials.uid]).toEqual([0o600, 65532]);
    const look = `/usr/local/bin/node -e "require('node:fs').readdirSync('${secrets}')"`;
    const exec = `kubectl -n inventory exec ${pod?.metadata.name} -c scan -- ${look}`;
    await expect(user.type(exec)).rejects.toThrow(`no such file or directory, scandir '${secrets}'`);
  });

  it('comes with the identities that the roles trust', async () => {
    const { aws, kubelet } = machine;
    const trusted = await Promise.all([
      readTrustedIdentity(aws.proxy.url, aws.managementAccountId, 'Inventory-Orchestrator'),
      readTrustedIdentity(aws.proxy.url, security, 'Inventory-Runner'),
    ]);
    expect(await readWebIdentities(kubelet)).toEqual(trusted);
    const asked = aws.proxy.history.filter(({ action }) => action === 'AssumeRoleWithWebIdentity');
    expect(new Set(asked.map(({ parameters }) => parameters['RoleArn']))).toEqual(
      new Set([`arn:aws:iam::${aws.managementAccountId}:role/Inventory-Orchestrator`, runnerRole()]),
    );
  });

  it('goes on where it was when the orchestrator is killed', async () => {
    await vi.waitUntil(() => assumptions().length >= 6, patiently);
    const [pid = 0, ...others] = await findProcesses('/app/orchestrator.mjs');
    expect(others).toEqual([]);
    // What a scan does not have is there to be found where it belongs.
    expect(await mountedSecrets(pid)).toContain(`${secrets}/aws`);
    process.kill(pid, 'SIGKILL');
    const pods = () => podsWith(`batch.kubernetes.io/job-name=${orchestratorJob}`);
    await phases.time('until the orchestrator is replaced', () =>
      vi.waitUntil(async () => (await pods()).length === 2, patiently),
    );
  });

  it('gives every account one row and one report, and assumes its role once', async () => {
    const { aws } = machine;
    const manifest = await phases.time('the rest of the run', manifestAtEnd);
    expect(manifest.complete).toBe(true);
    // One member is suspended; the management account is scanned too.
    expect(manifest.totals).toMatchObject({ accounts: members + 1, succeeded: members, skipped: 1, failed: 0 });
    const scanned = manifest.accounts.flatMap(({ id, outcome }) => (outcome === 'succeeded' ? [id] : []));
    const assumed = assumptions();
    expect(assumed.map(({ account }) => account).toSorted()).toEqual(scanned.toSorted());
    const { principal, roles, sessionName } = await readTrustedCaller(aws.proxy.url, observed);
    expect([principal, roles]).toEqual([`arn:aws:iam::${security}:root`, expect.arrayContaining([runnerRole()])]);
    for (const { RoleSessionName } of assumed) expect(matchesGlob(RoleSessionName, sessionName)).toBe(true);
    const day = `AWSRecon/${manifest.date.replaceAll('-', '/')}`;
    const expected = scanned.flatMap(id => ['recon', 'scan', 'upload'].map(kind => `${day}/${kind}_${id}.json`));
    const reports = (await aws.keys()).filter(key => /^AWSRecon\/.*\d{12}\.json$/.test(key));
    expect(reports.toSorted()).toEqual(expected.toSorted());
    for (const id of scanned) expect(JSON.parse(await aws.read(`${day}/recon_${id}.json`))).toBeInstanceOf(Array);
  });

  it('leaves the runners’ logs to whoever asks with the README’s command', async () => {
    const said = await phases.time('kubectl logs', () => user.type(`${runCommands[3]} --prefix`));
    for (const container of ['assume', 'scan', 'upload']) expect(said).toContain(`/${container}]`);
    expect(said).toContain('"program":"upload"');
  });
});

describe('the next run', () => {
  it('takes the values that were applied meanwhile, and the place of the one before', async () => {
    await putValues(observed, true);
    await user.type(applyOverlay);
    await startRun(observed, 10_000);
    // Those of the run before went with it.
    expect(await podsWith('component=runner')).toHaveLength(1);
  });

  it('keeps the credentials of a long scan fresh, by a sidecar that ends with the pod', async () => {
    const [pod] = await podsWith(`aws-inventory/account=${observed}`);
    const [scan = 0] = await findProcesses('/app/scan.mjs', pod?.metadata.uid);
    const variables = await readVariables(scan);
    expect(variables.has('AWS_SHARED_CREDENTIALS_FILE')).toBe(false);
    const token = await statInside(scan, variables.get('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE') ?? '');
    expect([token.mode & 0o777, token.uid]).toEqual([0o600, 65532]);
    expect(await mountedSecrets(scan)).toEqual([]);
    const { totals } = await phases.time('a run of one account', manifestAtEnd);
    expect(totals).toMatchObject({ accounts: members + 1, succeeded: 1, skipped: members, failed: 0 });
    const ended = await podsWith(`aws-inventory/account=${observed}`);
    expect(ended).toMatchObject([{ status: { phase: 'Succeeded' } }]);
  });

  it('is made and followed by the README’s command, which shows its table, and is listed with those before', async () => {
    machine.aws.proxy.setRules([]);
    const { exitCode, all } = await phases.time('a run that is followed', () => user.typeAws(follow));
    expect(exitCode, all).toBe(0);
    expect(all).toContain('1 of 1 Jobs have finished');
    expect(all).toMatch(new RegExp(`^${observed}\\b.*\\bsucceeded\\b`, 'm'));
    const listed = await user.typeAws(listRuns);
    expect(listed.exitCode, listed.all).toBe(0);
    expect(listed.all.match(/\tnarrowed\t/g)).toHaveLength(2);
    expect(listed.all.match(/\twhole\t/g)).toHaveLength(1);
  });
});
