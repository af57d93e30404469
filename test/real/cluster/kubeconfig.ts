// How kubectl and the programs under test reach the tests' API server: a kubeconfig per identity.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface KubeconfigFacts {
  /** https://HOST:PORT of the API server or of a proxy before it. */
  readonly server: string;
  readonly caFile: string;
  readonly token: string;
  /** The context's namespace; none when not given, which is `default`. */
  readonly namespace?: string | undefined;
}

/** JSON is YAML: every client reads it. */
export const renderKubeconfig = ({ server, caFile, token, namespace }: KubeconfigFacts): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'tests',
    clusters: [{ name: 'tests', cluster: { server, 'certificate-authority': caFile } }],
    users: [{ name: 'tests', user: { token } }],
    contexts: [
      {
        name: 'tests',
        context: { cluster: 'tests', user: 'tests', ...(namespace === undefined ? {} : { namespace }) },
      },
    ],
  });

/** Readable by this user alone; returns its path. */
export const writeKubeconfig = async (directory: string, name: string, facts: KubeconfigFacts): Promise<string> => {
  const path = join(directory, `${name}.kubeconfig`);
  await writeFile(path, renderKubeconfig(facts), { mode: 0o600 });
  return path;
};
