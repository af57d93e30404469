// Third step of the tests' cluster: the files that its servers read, in a temporary directory of its own.
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditPolicy, type ControlPlanePlaces } from './control-plane-arguments.ts';
import { findFreePort } from './free-ports.ts';

/** An identity of the API server's token file. Service accounts' tokens are not among them: ask `kubectl create token`. */
export interface TokenUser {
  readonly token: string;
  readonly name: string;
  readonly groups?: readonly string[];
}

export interface ControlPlaneFiles extends ControlPlanePlaces {
  readonly directory: string;
  /** The serving certificate with its CA behind it: the API server writes both, and the key. */
  readonly certificateFile: string;
  readonly keyFile: string;
}

const renderUser = ({ token, name, groups = [] }: TokenUser): string =>
  [token, name, name, `"${groups.join(',')}"`].join(',');

/** The keys are this cluster's alone, so that nothing that it signs is worth anything elsewhere. */
export const writeControlPlaneFiles = async (
  users: readonly TokenUser[],
  address: string,
): Promise<ControlPlaneFiles> => {
  const directory = await mkdtemp(join(tmpdir(), 'inventory-cluster-'));
  const place = (name: string): string => join(directory, name);
  const files: ControlPlaneFiles = {
    directory,
    etcdData: place('etcd'),
    etcdUrl: `http://127.0.0.1:${await findFreePort()}`,
    address,
    port: await findFreePort(),
    certificates: place('certificates'),
    certificateFile: place('certificates/apiserver.crt'),
    keyFile: place('certificates/apiserver.key'),
    serviceAccountKey: place('service-accounts.key'),
    tokens: place('tokens.csv'),
    auditPolicy: place('audit-policy.json'),
    auditLog: place('audit.log'),
  };
  await mkdir(files.certificates);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  await writeFile(files.serviceAccountKey, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  await writeFile(files.tokens, `${users.map(renderUser).join('\n')}\n`, { mode: 0o600 });
  await writeFile(files.auditPolicy, JSON.stringify(auditPolicy));
  return files;
};

/** The API server appends its CA to its certificate; clients and pods get the CA alone. Returns the path. */
export const writeAuthority = async ({ directory, certificateFile }: ControlPlaneFiles): Promise<string> => {
  const chain = await readFile(certificateFile, 'utf8');
  const path = join(directory, 'ca.crt');
  await writeFile(path, chain.slice(chain.lastIndexOf('-----BEGIN CERTIFICATE-----')));
  return path;
};
