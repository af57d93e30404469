// Part of the local backend: which of the caller's variables a container sees. Here credentials are kept from scanners.

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a process of this machine cannot do without. */
const machineNames = /^(PATH|LANG|LC_[A-Z]+|TZ|TMPDIR|NODE_COMPILE_CACHE|LOG_LEVEL)$/;

/** Where AWS is and how it is reached: the same for every container, or one of them would call another AWS. */
const connectionNames =
  /^(AWS_ENDPOINT_URL(_[A-Z0-9_]+)?|AWS_(USE_(FIPS|DUALSTACK)_ENDPOINT|STS_REGIONAL_ENDPOINTS|MAX_ATTEMPTS)|AWS_CA_BUNDLE|HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR))$/;

/** Who the caller is: stands for the projected token. */
const identityNames =
  /^(AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE|SDK_LOAD_CONFIG|WEB_IDENTITY_TOKEN_FILE|ROLE_ARN|ROLE_SESSION_NAME|EC2_METADATA_DISABLED)|AWS_CONTAINER_[A-Z_]+)$/;

/** Of a template: they point at a token that no file here holds, or keep the SDK from where the caller's identity is. */
const tokenNames =
  /^(AWS_(WEB_IDENTITY_TOKEN_FILE|ROLE_ARN|ROLE_SESSION_NAME|EC2_METADATA_DISABLED)|AWS_CONTAINER_[A-Z_]+)$/;

const pick = (environment: Environment, ...names: readonly RegExp[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && names.some(name => name.test(entry[0])),
    ),
  );

/** All that a supervisor may pass on: credentials reach it here and nowhere else, so that none stands on disk. */
export const supervisorEnvironment = (caller: Environment): Record<string, string> =>
  pick(caller, machineNames, connectionNames, identityNames, /^HOME$/);

/** A local Job acts as its caller. On a node nobody's identity is at hand but the tokens that the pod's own volumes hold. */
export type ContainerIdentity = 'the caller’s' | 'none but its own tokens';

export interface EnvironmentSources {
  readonly caller: Environment;
  /** The template's own, resolved, with paths of this machine. */
  readonly declared: ReadonlyMap<string, string>;
  /** Whether the container mounts the token that stands for the caller. */
  readonly holdsToken: boolean;
  /** The caller's when not given. */
  readonly identity?: ContainerIdentity | undefined;
  /** An empty directory: the caller's own would show ~/.aws to a scanner. */
  readonly privateHome: string;
  readonly podName: string;
}

/** The whole environment of a container: nothing that is not named above gets in. */
export const containerEnvironment = (sources: EnvironmentSources): Record<string, string> => {
  const { caller, declared, holdsToken, identity, privateHome, podName } = sources;
  const common = { ...pick(caller, machineNames, connectionNames), HOSTNAME: podName };
  // As a kubelet does it: what the template does not say about AWS is not said.
  if (identity === 'none but its own tokens') return { ...common, HOME: privateHome, ...Object.fromEntries(declared) };
  if (!holdsToken) {
    // On an instance of EC2 the SDK would otherwise find the machine's own role, which a pod does not have.
    return { ...common, HOME: privateHome, AWS_EC2_METADATA_DISABLED: 'true', ...Object.fromEntries(declared) };
  }
  return {
    ...common,
    HOME: privateHome,
    ...pick(caller, identityNames, /^HOME$/),
    ...Object.fromEntries([...declared].filter(([name]) => !tokenNames.test(name))),
  };
};
