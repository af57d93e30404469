// The orchestrator's program as a process beside the cluster, with its own service account's token: it can be killed before or
// after any call, and started again at once, which a Job controller does after ten seconds.
import { mkdtempSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { runIdOf } from '../../../orchestrator/own-job.ts';
import { type ClusterFleet, namespace, type OwnJob, quickSettings } from './cluster-fleet.ts';

export interface OrchestratorPlace {
  readonly environment: Readonly<Record<string, string>>;
}

const createToken = (fleet: ClusterFleet, audience?: string): Promise<string> =>
  fleet.kubectl([
    ...['create', 'token', 'aws-inventory-orchestrator-sa', '--duration=2h'],
    ...(audience === undefined ? [] : ['--audience', audience]),
  ]);

/** What a kubelet would mount and set; `service` is the API server, or a proxy before it. */
export const prepareOrchestrator = async (
  fleet: ClusterFleet,
  service: { readonly host: string; readonly port: number } = fleet.cluster,
): Promise<OrchestratorPlace> => {
  const directory = mkdtempSync(join(fleet.cluster.directory, 'orchestrator-'));
  await writeFile(join(directory, 'token'), await createToken(fleet));
  await writeFile(join(directory, 'aws-token'), await createToken(fleet, 'sts.amazonaws.com'));
  await writeFile(join(directory, 'namespace'), namespace);
  await writeFile(join(directory, 'config.yaml'), quickSettings);
  await copyFile(fleet.cluster.caFile, join(directory, 'ca.crt'));
  return {
    environment: {
      PATH: process.env['PATH'] ?? '',
      KUBERNETES_SERVICE_HOST: service.host,
      KUBERNETES_SERVICE_PORT: String(service.port),
      INVENTORY_SERVICE_ACCOUNT_DIRECTORY: directory,
      INVENTORY_CONFIG: join(directory, 'config.yaml'),
      INVENTORY_TERMINATION_MESSAGE: join(directory, 'message'),
      MY_POD_NAMESPACE: namespace,
      AWS_ENDPOINT_URL: fleet.aws.proxy.url,
      AWS_ROLE_ARN: `arn:aws:iam::${fleet.aws.managementAccountId}:role/Inventory-Orchestrator`,
      AWS_WEB_IDENTITY_TOKEN_FILE: join(directory, 'aws-token'),
      AWS_EC2_METADATA_DISABLED: 'true',
      BUCKET_NAME: fleet.aws.bucket,
    },
  };
};

/** A Job that owns runner Jobs as the orchestrator's does, and of which no pod is made: the test is its pod. */
export const createOwner = async (
  fleet: ClusterFleet,
  suffix: string,
  annotations: Readonly<Record<string, string>> = {},
): Promise<OwnJob> => {
  const name = `aws-inventory-orchestrator-${suffix}`;
  const from = ['create', 'job', name, '--from=cronjob/aws-inventory-orchestrator', '--dry-run=client'];
  const job = await fleet.json<{ metadata: { annotations: object }; spec: object }>(from);
  const owner = {
    ...job,
    metadata: { ...job.metadata, annotations: { ...job.metadata.annotations, ...annotations } },
    spec: { ...job.spec, suspend: true },
  };
  const created = JSON.parse(await fleet.kubectl(['create', '-f', '-', '-o', 'json'], JSON.stringify(owner)));
  const { uid } = created.metadata as { uid: string };
  return { name, uid, run: runIdOf({ name, uid }) };
};

export const startOrchestrator = (
  place: OrchestratorPlace,
  { name, uid }: OwnJob,
  settings: Readonly<Record<string, string>> = {},
) =>
  execa(process.execPath, ['dist/orchestrator.mjs'], {
    env: { ...place.environment, INVENTORY_JOB_NAME: name, INVENTORY_JOB_UID: uid, ...settings },
    extendEnv: false,
    reject: false,
  });
