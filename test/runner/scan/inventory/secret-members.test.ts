// Which members are secrets by their name, and what of an environment stays.
import { describe, expect, it } from 'vitest';
import {
  hidden,
  hideEnvironment,
  hideSecrets,
  isSecretMember,
} from '../../../../runner/scan/inventory/secret-members.ts';

describe('a member', () => {
  it.each([
    'Password',
    'MasterUserPassword',
    'masterUserPassword',
    'SecretString',
    'ClientSecret',
    'SecretAccessKey',
    'PrivateKey',
    'private_key',
    'ApiKey',
    'API_KEY',
    'AuthToken',
    'AccessToken',
    'OauthAccessToken',
    'Passphrase',
    'BearerToken',
    'Credential',
    'SecretToken',
  ])('%s is a secret', name => {
    expect(isSecretMember(name, 'x')).toBe(true);
  });

  it.each<[string, unknown]>([
    ['SecretArn', 'x'],
    ['SecretId', 'x'],
    ['SecretName', 'x'],
    ['MasterUserSecretStatus', 'active'],
    ['PasswordLastUsed', 'x'],
    ['PasswordResetRequired', 'x'],
    ['CredentialsMode', 'x'],
    ['ApiKeyId', 'x'],
    ['SecretsManagerSecretUri', 'x'],
    ['CredentialProviderType', 'x'],
    ['Password', 7],
    ['Password', undefined],
    ['Password', true],
    ['Password', 'arn:aws:secretsmanager:eu-west-1:1:secret:x'],
    ['KeyName', 'x'],
    ['TokenType', 'x'],
    ['Name', 'password'],
  ])('%s of %s is none', (name, value) => {
    expect(isSecretMember(name, value)).toBe(false);
  });
});

describe('an environment', () => {
  it.each<[string, unknown, object | undefined]>([
    ['Environment', { Variables: { A: 'x' } }, { Variables: { A: 'x' } }],
    ['Environment', { TOKEN: 'x', Name: 'prod' }, { TOKEN: hidden, Name: 'prod' }],
    ['Variables', { A: 'x', b: 'y' }, { A: hidden, b: hidden }],
    ['EnvironmentVariables', { a: 'x' }, { a: hidden }],
    ['environmentVariables', [{ name: 'A', value: 'x' }], [{ name: 'A', value: hidden }]],
    ['Environment', [{ Name: 'A', Value: 'x', Type: 'PLAINTEXT' }], [{ Name: 'A', Value: hidden, Type: 'PLAINTEXT' }]],
    ['RuntimeEnvironmentVariables', [{ Name: 'A', Value: 'x' }], [{ Name: 'A', Value: hidden }]],
    ['RuntimeEnvironmentSecrets', [{ Name: 'A', Value: 'x' }], [{ Name: 'A', Value: hidden }]],
    ['Environment', 'prod', undefined],
    ['EnvironmentId', { A: 'x' }, undefined],
    ['Variables', null, undefined],
    ['Variables', ['a', null], ['a', null]],
  ])('%s of %o becomes %o', (name, value, shown) => {
    expect(hideEnvironment(name, value)).toEqual(shown);
  });
});

describe('a structure', () => {
  it('loses its secrets at every depth, and nothing else', () => {
    const when = new Date(0);
    const given = {
      Name: 'db',
      When: when,
      List: [{ Password: 'x', Keep: null }, 'text', 7],
      Code: { Environment: { Variables: { DB_PASSWORD: 'x', lower: 'y' } } },
      Rotation: { Secrets: [{ ClientSecret: 'x' }], SecretArn: 'arn:aws:secretsmanager:x' },
    };
    expect(hideSecrets(given)).toEqual({
      Name: 'db',
      When: when,
      List: [{ Password: hidden, Keep: null }, 'text', 7],
      Code: { Environment: { Variables: { DB_PASSWORD: hidden, lower: hidden } } },
      Rotation: { Secrets: [{ ClientSecret: hidden }], SecretArn: 'arn:aws:secretsmanager:x' },
    });
  });

  it.each([null, undefined, 'text', 7, true])('that is %s stays', value => {
    expect(hideSecrets(value)).toBe(value);
  });
});
