// How this process reaches the API server: in a pod by its service account, elsewhere by a kubeconfig; over one connection pool.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubeConfig, type RequestContext } from '@kubernetes/client-node';
import { InventoryError } from '../../contract/errors.ts';

type Dispatcher = NonNullable<ReturnType<RequestContext['getDispatcher']>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** The client makes a new, unconnected pool for every call, and so a TLS connection for every call: here the first one is kept. */
class PooledKubeConfig extends KubeConfig {
  #pool: Dispatcher | undefined;
  /** Given up, but not by those who still wait on them: their own time-outs end that. */
  readonly #left = new Set<Dispatcher>();
  #number = 0;

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context).catch(cause => {
      // A kubeconfig's sign-in program, most of the time, or a token file that is gone.
      throw new InventoryError('cluster-unauthorized', `There is no identity for the cluster: ${cause.message}`, {
        cause,
      });
    });
    const made = context.getDispatcher();
    if (made === undefined) return;
    this.#pool ??= made;
    context.setDispatcher(this.#pool);
  }

  /** HTTP/1.1: the client's HTTP/2 costs more CPU and, in a fan-out, twice the memory. */
  override createDispatcherOptions(...facts: Parameters<KubeConfig['createDispatcherOptions']>) {
    const options = super.createDispatcherOptions(...facts);
    return options.type === 'agent' ? { ...options, connect: { ...options.connect, allowH2: false } } : options;
  }

  get poolNumber(): number {
    return this.#number;
  }

  /** The next call opens a new pool. */
  leavePool(number: number): void {
    if (number !== this.#number) return;
    if (this.#pool !== undefined) this.#left.add(this.#pool);
    this.#pool = undefined;
    this.#number += 1;
  }

  async destroyPools(): Promise<void> {
    this.leavePool(this.#number);
    await Promise.all([...this.#left].map(pool => pool.destroy()));
    this.#left.clear();
  }
}

export interface KubernetesConnection {
  readonly config: KubeConfig;
  /** Where the runner Jobs live: the pod's own namespace; `inventory` by a kubeconfig, unless another one was asked for. */
  readonly namespace: string;
  /** Number of the pool that a call would be made on now. */
  readonly pool: () => number;
  /** Gives up that pool, on which nothing comes back any more: a call on a new one may succeed at once. */
  readonly renew: (pool: number) => void;
  readonly close: () => Promise<void>;
}

const defaultNamespace = 'inventory';

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new InventoryError(
      'usage',
      `The service account's file ${path} cannot be read: ${(cause as Error).message}`,
      {
        remedy: 'Let INVENTORY_SERVICE_ACCOUNT_DIRECTORY name the directory with token, ca.crt and namespace.',
        cause,
      },
    );
  }
};

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Not the client's own loadFromCluster(): it knows the directory as a constant, and a test is not root of a file system. */
const loadServiceAccount = (config: KubeConfig, directory: string, environment: Environment): string => {
  const host = environment['KUBERNETES_SERVICE_HOST'] ?? '';
  const port = environment['KUBERNETES_SERVICE_PORT'] ?? '443';
  const tokenFile = join(directory, 'token');
  // Read once here, so that a pod without its token fails with a sentence; the client reads it again every minute.
  readText(tokenFile);
  config.loadFromClusterAndUser(
    {
      name: 'cluster',
      server: `https://${bracketed(host)}:${port}`,
      // Its file would be read again for every call.
      caData: Buffer.from(readText(join(directory, 'ca.crt'))).toString('base64'),
      skipTLSVerify: false,
    },
    { name: 'service-account', authProvider: { name: 'tokenFile', config: { tokenFile } } },
  );
  return environment['MY_POD_NAMESPACE'] ?? readText(join(directory, 'namespace'));
};

/** What the client takes for a cluster when it finds no kubeconfig. */
const assumedServer = 'http://localhost:8080';

const noCluster = (reason: string, cause?: unknown): InventoryError =>
  new InventoryError('usage', `There is no cluster: ${reason}`, {
    remedy: 'Set KUBECONFIG to a kubeconfig, or choose a context with kubectl config use-context.',
    cause,
  });

/** KUBECONFIG or ~/.kube/config, as kubectl reads them. The context's own namespace is for other work than this. */
const loadKubeconfig = (config: KubeConfig): string => {
  try {
    config.loadFromDefault();
  } catch (cause) {
    throw noCluster((cause as Error).message, cause);
  }
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw noCluster('the kubeconfig has no current context');
  if (server === assumedServer) throw noCluster('there is no kubeconfig');
  return defaultNamespace;
};

/** Connects to nothing yet. Throws usage when there is nothing to connect to. */
export const openKubernetes = (environment: Environment, asked?: string): KubernetesConnection => {
  const config = new PooledKubeConfig();
  const directory = environment['INVENTORY_SERVICE_ACCOUNT_DIRECTORY'];
  const own =
    directory === undefined || directory === ''
      ? loadKubeconfig(config)
      : loadServiceAccount(config, directory, environment);
  return {
    config,
    namespace: asked ?? own,
    pool: () => config.poolNumber,
    renew: pool => config.leavePool(pool),
    close: () => config.destroyPools(),
  };
};
