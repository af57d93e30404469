// Whose eyes the scan has: the credentials that assume left in a file, and nothing else that the container could hold.
import { readFile } from 'node:fs/promises';
import { parseRefusal, refusalKey, refusalSection } from '../../contract/drift/state-refusal.ts';
import { InventoryError } from '../../contract/errors.ts';
import { stateProfile } from '../../contract/names.ts';

export interface TargetCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A sidecar of this pod keeps the file fresh: it is named by an address that nobody else has. */
const ownAddress = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//;

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the file changes while the scan goes on, so that it has to be read again. */
export const isKeptFresh = (environment: Environment): boolean =>
  !environment['AWS_SHARED_CREDENTIALS_FILE'] &&
  ownAddress.test(environment['AWS_CONTAINER_CREDENTIALS_FULL_URI'] ?? '');

/** The sidecar's, beside the file that it keeps fresh. */
const ownVariables = ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];

/** Variables through which an SDK would find another identity than the file's. */
const foreignVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
];

/** Throws `foreign-identity` when the environment offers an identity besides the file: tools could pick that one. */
export const refuseForeignIdentities = (environment: Environment): void => {
  const own = isKeptFresh(environment) ? ownVariables : [];
  const found = foreignVariables.filter(name => Boolean(environment[name]) && !own.includes(name));
  if (found.length === 0) return;
  throw new InventoryError('foreign-identity', `The scan container sees another AWS identity in ${found.join(', ')}`, {
    remedy: 'Set the named variables to nothing in the scan container, and mount no token there.',
  });
};

/** The values of one section of a credentials file; later keys win, as in the AWS tools. */
export const parseSection = (text: string, section: string): Record<string, string> => {
  const values: Record<string, string> = {};
  let current = '';
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[\s*(.*?)\s*\]\s*(?:[#;].*)?$/.exec(line);
    const pair = /^\s*([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line);
    if (header !== null) current = header[1] ?? '';
    else if (pair !== null && current === section) values[(pair[1] ?? '').toLowerCase()] = pair[2] ?? '';
  }
  return values;
};

const unusable = (path: string, reason: string, cause?: unknown) =>
  new InventoryError('no-credentials', `The credentials file ${path} ${reason}`, {
    cause,
    remedy:
      'Let the assume container, or whoever starts the scan, write it before: section [default] with two keys and a token.',
  });

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unusable(path, `cannot be read (${error.code ?? error.name})`, error);
  });

const credentialsIn = (text: string, section: string): TargetCredentials | undefined => {
  const values = parseSection(text, section);
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = values;
  const { aws_session_token: sessionToken } = values;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
};

/** Credentials of the section [default]. Throws `no-credentials`; the message never quotes the file. */
export const readTargetCredentials = async (path: string): Promise<TargetCredentials> => {
  const credentials = credentialsIn(await readText(path), 'default');
  if (credentials === undefined) throw unusable(path, 'has no [default] section with a key and a secret');
  return credentials;
};

/** Milliseconds for which an SDK takes credentials for good: it asks anew five minutes before they seem to end. */
const seemingLife = 10 * 60_000;

/** What `read` gives, asked again every five minutes: the SDK itself would read a file once, and lose its session with the hour. */
export const rereadCredentials =
  (read: () => Promise<TargetCredentials>) => async (): Promise<TargetCredentials & { readonly expiration: Date }> => ({
    ...(await read()),
    expiration: new Date(Date.now() + seemingLife),
  });

/**
 * Credentials of the section [state], which reads states that the account's own session may not. Throws what assume was
 * told in their place (`state-role-refused`, …), and `no-credentials` when it left neither.
 */
export const readStateCredentials = async (path: string): Promise<TargetCredentials> => {
  const text = await readText(path);
  const credentials = credentialsIn(text, stateProfile);
  if (credentials !== undefined) return credentials;
  const refusal = parseRefusal(parseSection(text, refusalSection)[refusalKey] ?? '');
  if (refusal !== undefined) throw new InventoryError(refusal.code, refusal.message, { remedy: refusal.remedy });
  throw unusable(path, `has no [${stateProfile}] section with a key and a secret`);
};

/** What must not stand in any log or message. */
export const secretValues = (credentials: TargetCredentials): string[] =>
  [credentials.accessKeyId, credentials.secretAccessKey, credentials.sessionToken ?? ''].filter(value => value !== '');
