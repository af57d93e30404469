// What driftctl and its provider see of our environment: named variables alone, and one identity. Pure.

type Environment = Readonly<Record<string, string | undefined>>;

export interface DriftctlKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface DriftctlIdentity {
  /** A credentials file whose section [default] is kept fresh; it goes before keys. */
  readonly credentialsFile?: string | undefined;
  readonly keys?: DriftctlKeys | undefined;
}

const way = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy'];
const trust = ['AWS_CA_BUNDLE', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
const calls = ['AWS_MAX_ATTEMPTS', 'AWS_RETRY_MODE', 'AWS_STS_REGIONAL_ENDPOINTS', 'AWS_USE_FIPS_ENDPOINT'];

const pick = (environment: Environment, isTaken: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value && isTaken(name) ? [[name, value]] : [])),
  );

const identityVariables = ({ credentialsFile, keys }: DriftctlIdentity): Record<string, string> => {
  if (credentialsFile !== undefined) return { AWS_SHARED_CREDENTIALS_FILE: credentialsFile };
  if (keys === undefined) return {};
  return {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    ...(keys.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: keys.sessionToken }),
  };
};

/** For runDriftctl: the way to AWS, whom to trust on it, and the identity that is given. */
export const driftctlEnvironment = (environment: Environment, identity: DriftctlIdentity): Record<string, string> => {
  const names = new Set([...way, ...trust, ...calls]);
  return {
    ...pick(environment, name => names.has(name)),
    ...identityVariables(identity),
    // Whoever gives it an identity means no other: without one it would take the node's.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
};

/** Of other clouds' providers and backends, and what programs look for their files with. */
const familiar = /^(DCTL_|AWS_|GOOGLE_|ARM_|AZURE_|GITHUB_|CLOUDSDK_)|^(HOME|PATH|TMPDIR|LANG|TZ)$/;

/** For passThrough: all of driftctl's own variables and all that its backends and providers read; nothing of ours. */
export const passedEnvironment = (environment: Environment): Record<string, string> => {
  const names = new Set([...way, ...trust]);
  return pick(environment, name => names.has(name) || familiar.test(name));
};
