// The tests' Kubernetes: etcd, kube-apiserver and kube-controller-manager on free loopback ports, gone when we are gone.
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { join } from 'node:path';
import { execa } from 'execa';
import { buildTool } from './build-tools.ts';
import { apiServerArguments, controllerManagerArguments, etcdArguments, loopback } from './control-plane-arguments.ts';
import {
  type ControlPlaneFiles,
  type TokenUser,
  writeAuthority,
  writeControlPlaneFiles,
} from './control-plane-files.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { prepareServer, type ServerProcess } from './server-process.ts';

export interface ControlPlaneOptions {
  /** false starts etcd and the API server alone: Jobs are kept, and nobody acts on them. */
  readonly controllerManager?: boolean;
  /** Further users, such as `system:node:NAME` in the group `system:nodes`. */
  readonly users?: readonly TokenUser[];
  /** Of this machine, where the API server listens: pods of a real node reach no loopback address of it. 127.0.0.1 when left out. */
  readonly address?: string;
}

export interface KubectlOptions {
  /** For `-f -`. */
  readonly input?: string;
  /** Somebody else's than the admin's. */
  readonly kubeconfig?: string;
}

export interface ControlPlane {
  /** https://ADDRESS:PORT */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** The CA alone, as PEM: what a pod finds as ca.crt. */
  readonly caFile: string;
  /** The serving certificate with its CA behind it, and its key: a proxy with them is trusted like the API server. */
  readonly certificateFile: string;
  readonly keyFile: string;
  /** A temporary directory of this cluster's: logs, certificates, kubeconfigs. stop() removes it. */
  readonly directory: string;
  readonly auditLog: string;
  /** A user in system:masters. */
  readonly adminToken: string;
  readonly adminKubeconfig: string;
  /** The path of a new kubeconfig; `server` is the API server's URL when not given. */
  readonly kubeconfigFor: (token: string, facts?: { server?: string; namespace?: string }) => Promise<string>;
  /** What kubectl printed; throws with what it said when it fails. */
  readonly kubectl: (args: readonly string[], options?: KubectlOptions) => Promise<string>;
  /** Each kills with -9, and resolves after a start when the server serves again, on the same port and with the same objects. */
  readonly stopApiServer: () => Promise<void>;
  readonly startApiServer: () => Promise<void>;
  readonly restartApiServer: () => Promise<void>;
  readonly restartEtcd: () => Promise<void>;
  readonly stopControllerManager: () => Promise<void>;
  readonly startControllerManager: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The status of a GET. Only the owner of our certificate can answer: another server on the port is an error. */
const statusOf = async (url: string, certificateFile: string): Promise<number | undefined> => {
  const ca = await readFile(certificateFile);
  return await new Promise((resolve, reject) => {
    const request = get(url, { ca, agent: false, timeout: 2_000 }, response => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy(new Error(`${url} does not answer`))).on('error', reject);
  });
};

const prepareEtcd = async (files: ControlPlaneFiles): Promise<ServerProcess> =>
  prepareServer({
    command: await buildTool('etcd'),
    arguments: etcdArguments(files),
    logFile: join(files.directory, 'etcd.log'),
    isReady: async () => (await fetch(`${files.etcdUrl}/readyz`)).ok,
  });

const prepareApiServer = async (files: ControlPlaneFiles, url: string): Promise<ServerProcess> =>
  prepareServer({
    command: await buildTool('kube-apiserver'),
    arguments: apiServerArguments(files),
    logFile: join(files.directory, 'kube-apiserver.log'),
    isReady: async () => (await statusOf(`${url}/readyz`, files.certificateFile)) === 200,
  });

interface Identity {
  readonly kubeconfig: string;
  readonly caFile: string;
}

const prepareControllerManager = async (
  files: ControlPlaneFiles,
  identity: Identity,
  isReady: () => Promise<boolean>,
): Promise<ServerProcess> =>
  prepareServer({
    command: await buildTool('kube-controller-manager'),
    arguments: controllerManagerArguments({ ...files, ...identity }),
    logFile: join(files.directory, 'kube-controller-manager.log'),
    isReady,
  });

type Kubectl = ControlPlane['kubectl'];

const kubectlOf =
  (adminKubeconfig: string, directory: string): Kubectl =>
  async (args, options = {}) => {
    const common = ['--kubeconfig', options.kubeconfig ?? adminKubeconfig, '--cache-dir', join(directory, 'kubectl')];
    const input = options.input === undefined ? {} : { input: options.input };
    const asked = await execa('kubectl', [...common, ...args], { ...input, reject: false });
    if (!asked.failed) return asked.stdout;
    if (asked.code === 'ENOENT') throw new Error('kubectl is not there: install kubectl 1.32 or newer');
    throw new Error([asked.shortMessage, asked.stderr].join('\n'));
  };

/** What the controllers make in a namespace without being asked: with it, they are at work. */
const controllersAreAtWork = async (kubectl: Kubectl): Promise<boolean> =>
  (await kubectl(['-n', 'default', 'get', 'serviceaccount/default', 'configmap/kube-root-ca.crt', '-o', 'name'])) !==
  '';

/** Resolves when everything answers, about five seconds after the start; the first time on a machine it builds the programs. */
export const startControlPlane = async (options: ControlPlaneOptions = {}): Promise<ControlPlane> => {
  const adminToken = randomUUID();
  const controllersToken = randomUUID();
  const users: readonly TokenUser[] = [
    { token: adminToken, name: 'admin', groups: ['system:masters'] },
    // A name of its own for the audit log; the controllers' own roles would need one service account each.
    { token: controllersToken, name: 'system:kube-controller-manager', groups: ['system:masters'] },
    ...(options.users ?? []),
  ];
  const files = await writeControlPlaneFiles(users, options.address ?? loopback);
  const { directory, port, address: host } = files;
  const url = `https://${host}:${port}`;
  const servers: ServerProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map(server => server.kill()));
    await rm(directory, { recursive: true, force: true });
  };
  const started = async (server: ServerProcess): Promise<ServerProcess> => {
    servers.push(server);
    await server.start();
    return server;
  };
  try {
    const etcd = await started(await prepareEtcd(files));
    const apiServer = await started(await prepareApiServer(files, url));
    const caFile = await writeAuthority(files);
    const adminKubeconfig = await writeKubeconfig(directory, 'admin', { server: url, caFile, token: adminToken });
    const kubectl = kubectlOf(adminKubeconfig, directory);
    const facts = { server: url, caFile, token: controllersToken };
    const kubeconfig = await writeKubeconfig(directory, 'kube-controller-manager', facts);
    const controllers = await prepareControllerManager(files, { kubeconfig, caFile }, () =>
      controllersAreAtWork(kubectl),
    );
    if (options.controllerManager ?? true) await started(controllers);
    const { certificateFile, keyFile, auditLog } = files;
    return {
      ...{ url, host, port, caFile, certificateFile, keyFile, directory, auditLog },
      ...{ adminToken, adminKubeconfig, kubectl, stop },
      kubeconfigFor: (token, { server = url, namespace } = {}) =>
        writeKubeconfig(directory, randomUUID(), { server, caFile, token, namespace }),
      stopApiServer: apiServer.kill,
      startApiServer: apiServer.start,
      restartApiServer: apiServer.start,
      restartEtcd: async () => {
        await etcd.start();
        await apiServer.recovered();
      },
      stopControllerManager: controllers.kill,
      startControllerManager: controllers.start,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
