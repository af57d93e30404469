// Everything that the real driftctl needs to scan a simulated account: the programs, the simulator, a proxy that refuses, and one that opens TLS.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type FoundDriftctl, findDriftctl } from '../../../clients/driftctl/find-driftctl.ts';
import {
  type AccountClients,
  openSimulator,
  simulatorCredentials,
} from '../../../clients/simulator/account-clients.ts';
import { startMoto } from '../../../clients/simulator/moto.ts';
import { prepareMoto } from '../../../clients/simulator/moto-environment.ts';
import { type RefusingProxy, startRefusingProxy } from '../../../clients/simulator/proxy.ts';
import { type DriftctlKeys, driftctlEnvironment } from '../../../runner/scan/drift/driftctl/environment.ts';
import { buildDriftctl } from './build-driftctl.ts';
import { startTlsProxy, type TlsProxy } from './tls-proxy.ts';

export interface DriftctlLab {
  readonly found: FoundDriftctl;
  /** URL of the simulator behind the refusing proxy. */
  readonly url: string;
  readonly refusing: RefusingProxy;
  readonly tls: TlsProxy;
  /** PEM of the TLS proxy's authority. */
  readonly authorityFile: string;
  /** SDK clients of an account. */
  readonly enter: (account: string) => Promise<AccountClients>;
  readonly keysOf: (account: string) => Promise<DriftctlKeys>;
  /** Of a run of driftctl in the account: its keys, the proxy, the authority. */
  readonly environmentOf: (account: string) => Promise<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const assume = async (url: string, account: string): Promise<DriftctlKeys> => {
  const sts = new STSClient({ endpoint: url, region: 'us-east-1', credentials: simulatorCredentials });
  const RoleArn = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'driftctl' }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
};

const announce = (text: string): void => console.error(text);

/** Starts all of it. The programs are built first, for which a caller has to wait ten minutes once. */
export const startDriftctlLab = async (): Promise<DriftctlLab> => {
  const found = await findDriftctl({ INVENTORY_DRIFTCTL: await buildDriftctl() }, new AbortController().signal);
  const requirements = fileURLToPath(new URL('../../../sandbox/requirements.txt', import.meta.url));
  const moto = await startMoto(await prepareMoto({ environment: process.env, requirements, announce }));
  const refusing = await startRefusingProxy({ upstream: moto.url });
  const tls = await startTlsProxy(refusing.url);
  const directory = await mkdtemp(join(tmpdir(), 'driftctl-lab-'));
  const authorityFile = join(directory, 'authority.pem');
  await writeFile(authorityFile, tls.authority);
  const door = openSimulator(refusing.url, 16);
  const keysOf = (account: string) => assume(refusing.url, account);
  return {
    ...{ found, url: refusing.url, refusing, tls, authorityFile, enter: door.enter, keysOf },
    environmentOf: async account =>
      driftctlEnvironment({ HTTPS_PROXY: tls.url, AWS_CA_BUNDLE: authorityFile }, { keys: await keysOf(account) }),
    stop: async () => {
      door.close();
      await tls.stop();
      await refusing.stop();
      await moto.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
