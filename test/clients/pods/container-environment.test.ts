import { expect, test } from 'vitest';
import { containerEnvironment, supervisorEnvironment } from '../../../clients/pods/container-environment.ts';

const machine = {
  PATH: '/bin',
  LANG: 'C',
  LC_ALL: 'C',
  TZ: 'UTC',
  TMPDIR: '/t',
  LOG_LEVEL: 'debug',
  NODE_COMPILE_CACHE: '/c',
};
const connection = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:2',
  AWS_CA_BUNDLE: '/ca',
  HTTPS_PROXY: 'http://p',
  no_proxy: 'localhost',
  NODE_EXTRA_CA_CERTS: '/ca',
  SSL_CERT_DIR: '/cas',
  AWS_USE_FIPS_ENDPOINT: 'true',
  AWS_USE_DUALSTACK_ENDPOINT: 'true',
  AWS_STS_REGIONAL_ENDPOINTS: 'regional',
  AWS_MAX_ATTEMPTS: '3',
};
const identity = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'a secret',
  AWS_SESSION_TOKEN: 'a token',
  AWS_PROFILE: 'work',
  AWS_CONFIG_FILE: '/config',
  AWS_SHARED_CREDENTIALS_FILE: '/credentials',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/',
  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/token',
  AWS_SDK_LOAD_CONFIG: '1',
};
const foreign = {
  GITHUB_TOKEN: 'x',
  NODE_OPTIONS: '--inspect',
  AWS_VAULT: 'x',
  LD_PRELOAD: '/x',
  KUBECONFIG: '/x',
  UNSET: undefined,
};
const home = { HOME: '/home/me' };
const caller = { ...machine, ...connection, ...identity, ...foreign, ...home };
const pod = { privateHome: '/private', podName: 'pod-1' };

test('the supervisor gets what containers may get, and nothing else', () => {
  expect(supervisorEnvironment(caller)).toEqual({ ...machine, ...connection, ...identity, ...home });
});

test('a container without the token gets no identity, no home of the caller and no metadata service', () => {
  const declared = new Map([
    ['AWS_SHARED_CREDENTIALS_FILE', '/state/creds'],
    ['TMPDIR', '/state/tmp'],
  ]);
  expect(containerEnvironment({ caller, declared, holdsToken: false, ...pod })).toEqual({
    ...machine,
    ...connection,
    HOME: '/private',
    HOSTNAME: 'pod-1',
    TMPDIR: '/state/tmp',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/state/creds',
  });
});

test('a container with the token gets the caller’s identity in its place', () => {
  const declared = new Map([
    ['AWS_WEB_IDENTITY_TOKEN_FILE', '/var/run/secrets/aws/token'],
    ['AWS_ROLE_ARN', 'arn:aws:iam::123456789012:role/runner'],
    ['AWS_EC2_METADATA_DISABLED', 'true'],
    ['AWS_REGION', 'eu-west-1'],
  ]);
  expect(containerEnvironment({ caller, declared, holdsToken: true, ...pod })).toEqual({
    ...machine,
    ...connection,
    ...identity,
    ...home,
    HOSTNAME: 'pod-1',
    AWS_REGION: 'eu-west-1',
  });
});

test('a caller with a web identity of its own, or on an instance, keeps it', () => {
  const webIdentity = {
    AWS_WEB_IDENTITY_TOKEN_FILE: '/mine',
    AWS_ROLE_ARN: 'arn:aws:iam::210987654321:role/ci',
    AWS_ROLE_SESSION_NAME: 'ci',
    AWS_EC2_METADATA_DISABLED: 'false',
  };
  const declared = new Map([['AWS_WEB_IDENTITY_TOKEN_FILE', '/var/run/secrets/aws/token']]);
  expect(containerEnvironment({ caller: webIdentity, declared, holdsToken: true, ...pod })).toEqual({
    ...webIdentity,
    HOME: '/private',
    HOSTNAME: 'pod-1',
  });
});

test('on a node a container has what its template says about AWS, and nothing of the caller’s identity', () => {
  const declared = new Map([
    ['AWS_WEB_IDENTITY_TOKEN_FILE', '/state/token'],
    ['AWS_ROLE_ARN', 'arn:aws:iam::123456789012:role/runner'],
  ]);
  const identity = 'none but its own tokens';
  for (const holdsToken of [true, false]) {
    expect(containerEnvironment({ caller, declared, holdsToken, identity, ...pod })).toEqual({
      ...machine,
      ...connection,
      ...Object.fromEntries(declared),
      HOME: '/private',
      HOSTNAME: 'pod-1',
    });
  }
});

test('what the template says itself wins over the caller', () => {
  const declared = new Map([
    ['AWS_ENDPOINT_URL', 'http://127.0.0.1:9'],
    ['LOG_LEVEL', 'warn'],
    ['PATH', '/opt'],
  ]);
  expect(containerEnvironment({ caller, declared, holdsToken: false, ...pod })).toMatchObject({
    ...{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'warn', PATH: '/opt' },
  });
});
