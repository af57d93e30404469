// States that OpenTofu has encrypted: with the key that its own example derives, and with one that KMS keeps.
import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { CreateKeyCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { clientConfiguration } from '../../../clients/aws/connection.ts';
import { openDecryption } from '../../../clients/states/decrypt-state.ts';
import type { StateAccess } from '../../../clients/states/state-answer.ts';
import { connectTo } from '../../setup/connection.ts';
import { startRecordingServer } from '../../setup/recording-server.ts';
import { accessOf } from './state-access.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const passphrase = 'correct-horse-battery-staple';
/** Of this passphrase, salt and 600,000 rounds, as OpenTofu computes it. */
const derivedKey = Buffer.from('225872367198760137e0a18580433447bbf578fbe2b87ff36aef3c175fe5709c', 'hex');
const derivedMeta = {
  salt: Buffer.from('10ec3d3fe02ad2bee6f1f5540f8e6bbe3b8b29445cf502d27d47ad554aa8971f', 'hex').toString('base64'),
  iterations: 600_000,
  hash_function: 'sha512',
  key_length: 32,
};

const text = '{"version":4,"resources":[]}';

const encryptWith = (key: Buffer, bound = Buffer.alloc(0)): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(`aes-${(key.length * 8) as 256}-gcm`, key, nonce).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64');
};

const envelope = (meta: Readonly<Record<string, object>>, data: string, version = 'v0'): string =>
  JSON.stringify({
    serial: 3,
    lineage: 'b2f0f7a4-1111-2222-3333-444455556666',
    meta: Object.fromEntries(
      Object.entries(meta).map(([name, value]) => [name, Buffer.from(JSON.stringify(value)).toString('base64')]),
    ),
    encrypted_data: data,
    encryption_version: version,
  });

const settings = (words: string): string => `
  key_provider "pbkdf2" "main" {
    passphrase = ${words} # no secret
  }
  method "aes_gcm" "main" {
    keys = key_provider.pbkdf2.main
  }
  state { method = method.aes_gcm.main }`;

const decrypt = async (state: string, facts: Partial<StateAccess> = {}) => {
  const decryption = openDecryption(accessOf(facts));
  const answer = await decryption.decrypt(state);
  decryption.close();
  return answer;
};

/** Few rounds, so that most tests are quick: of the key itself the first one is the proof. */
const quickMeta = { ...derivedMeta, iterations: 1000, hash_function: 'sha256' };
const quickKey = pbkdf2Sync(passphrase, Buffer.from(derivedMeta.salt, 'base64'), 1000, 32, 'sha256');
const quick = envelope({ 'key_provider.pbkdf2.main': quickMeta }, encryptWith(quickKey));

describe('a state that a passphrase encrypts', () => {
  it('is decrypted with the key that OpenTofu derives', async () => {
    const derived = envelope({ 'key_provider.pbkdf2.main': derivedMeta }, encryptWith(derivedKey));
    const environment = { TF_ENCRYPTION: settings(`"${passphrase}"`) };
    expect(await decrypt(derived, { environment })).toEqual({ text });
  });

  it.each([
    ['a literal', { TF_ENCRYPTION: settings(`"${passphrase}"`) }],
    ['a variable', { TF_ENCRYPTION: settings('var.words'), TF_VAR_words: passphrase }],
    ['JSON', { TF_ENCRYPTION: `{"key_provider":{"pbkdf2":{"main":{"passphrase":"${passphrase}"}}}}` }],
    ['another name', { TF_ENCRYPTION: `key_provider "pbkdf2" "renamed" { passphrase = "${passphrase}" }` }],
    [
      'one of several',
      {
        TF_ENCRYPTION: `key_provider "pbkdf2" "old" { passphrase = "some-other-passphrase" }\nkey_provider "pbkdf2" "new" { passphrase = "${passphrase}" }`,
      },
    ],
  ])('is decrypted with %s', async (_name, environment) => {
    expect(await decrypt(quick, { environment })).toEqual({ text });
  });

  it('is decrypted under an alias, and where its data is bound to something', async () => {
    const bound = envelope({ shared: quickMeta }, encryptWith(quickKey, Buffer.from([1, 2, 3])));
    const TF_ENCRYPTION = `
      key_provider "pbkdf2" "wrong" { passphrase = "some-other-passphrase" }
      key_provider "pbkdf2" "main" {
        passphrase = "${passphrase}"
        encrypted_metadata_alias = "shared"
      }
      method "aes_gcm" "main" {
        keys = key_provider.pbkdf2.main
        aad  = [1, 2, 3,]
      }`;
    expect(await decrypt(bound, { environment: { TF_ENCRYPTION } })).toEqual({ text });
  });

  it.each([
    ['nothing', {}, 'set TF_ENCRYPTION'],
    ['a wrong passphrase', { TF_ENCRYPTION: settings('"another-long-passphrase"') }, 'correct the passphrase'],
    ['a variable that is not set', { TF_ENCRYPTION: settings('var.words') }, 'set TF_ENCRYPTION'],
    ['a function', { TF_ENCRYPTION: settings('file("hunter22")') }, 'write it as JSON'],
    ['half a text', { TF_ENCRYPTION: 'key_provider "pbkdf2" "hunter22" {' }, 'ends too early'],
    ['half a JSON', { TF_ENCRYPTION: '{"hunter22":' }, 'no JSON'],
  ])('stays encrypted with %s, and says so', async (_name, environment, words) => {
    const answer = await decrypt(quick, { environment });
    expect(answer).toEqual({ outcome: 'state-encrypted', message: expect.stringContaining(words) });
    expect(JSON.stringify(answer)).not.toContain('hunter22');
  });

  it.each([
    ['rounds without end', { ...derivedMeta, iterations: 2 ** 40 }],
    ['a hash that nobody knows', { ...derivedMeta, hash_function: 'md5' }],
    ['a key of no length', { ...derivedMeta, key_length: 1 }],
  ])('is refused with %s', async (_name, meta) => {
    const state = envelope({ 'key_provider.pbkdf2.main': meta }, encryptWith(derivedKey));
    const environment = { TF_ENCRYPTION: settings(`"${passphrase}"`) };
    expect(await decrypt(state, { environment })).toMatchObject({ outcome: 'invalid' });
  });
});

describe('a state that a key of KMS encrypts', () => {
  const makeState = async (region = 'us-east-1') => {
    const connection = connectTo(inject('simulator'));
    const client = new KMSClient(clientConfiguration({ ...connection, region }));
    const { KeyMetadata: key } = await client.send(new CreateKeyCommand({}));
    const made = await client.send(new GenerateDataKeyCommand({ KeyId: key?.KeyId, KeySpec: 'AES_256' }));
    client.destroy();
    const meta = { ciphertext_blob: Buffer.from(made.CiphertextBlob ?? []).toString('base64') };
    const state = envelope({ 'key_provider.aws_kms.main': meta }, encryptWith(Buffer.from(made.Plaintext ?? [])));
    return { state, arn: key?.Arn ?? '' };
  };

  it('is decrypted with the identity of the states, without any configuration', async () => {
    const { state } = await makeState();
    expect(await decrypt(state, { aws: connectTo(inject('simulator')) })).toEqual({ text });
  });

  it.each([
    ['region', (_arn: string) => 'region = "eu-west-2"'],
    ['key', (arn: string) => `kms_key_id = "${arn}"`],
  ])('is decrypted in the region of the %s that is configured', async (_name, attribute) => {
    const { state, arn } = await makeState('eu-west-2');
    const aws = connectTo(inject('simulator'));
    expect(await decrypt(state, { aws })).toMatchObject({
      outcome: 'state-encrypted',
      message: expect.stringContaining('us-east-1'),
    });
    const environment = {
      TF_ENCRYPTION: `key_provider "aws_kms" "main" {\n${attribute(arn)}\nkey_spec = "AES_256"\n}`,
    };
    expect(await decrypt(state, { aws, environment })).toEqual({ text });
  });

  it('is decrypted with a passphrase that is chained to it', async () => {
    const connection = connectTo(inject('simulator'));
    const client = new KMSClient(clientConfiguration(connection));
    const { KeyMetadata: key } = await client.send(new CreateKeyCommand({}));
    const made = await client.send(new GenerateDataKeyCommand({ KeyId: key?.KeyId, KeySpec: 'AES_256' }));
    client.destroy();
    const chained = pbkdf2Sync(
      Buffer.from(made.Plaintext ?? []),
      Buffer.from(quickMeta.salt, 'base64'),
      1000,
      32,
      'sha256',
    );
    const meta = {
      'key_provider.aws_kms.root': { ciphertext_blob: Buffer.from(made.CiphertextBlob ?? []).toString('base64') },
      'key_provider.pbkdf2.main': quickMeta,
    };
    const TF_ENCRYPTION = `
      key_provider "aws_kms" "root" { kms_key_id = "${key?.KeyId}" }
      key_provider "pbkdf2" "main" { chain = key_provider.aws_kms.root }`;
    const answer = await decrypt(envelope(meta, encryptWith(chained)), {
      aws: connection,
      environment: { TF_ENCRYPTION },
    });
    expect(answer).toEqual({ text });
  });

  it('of a KMS that fails for the moment has failed', async () => {
    const server = await startRecordingServer(undefined, () => ({ status: 503 }));
    const state = envelope({ 'key_provider.aws_kms.main': { ciphertext_blob: 'AAAA' } }, encryptWith(derivedKey));
    const answer = await decrypt(state, { aws: connectTo(server.url) });
    await server.stop();
    expect(answer).toMatchObject({ outcome: 'failed', message: expect.stringContaining('Retry') });
  });

  it('that may not be used stays encrypted, and says whose key', async () => {
    const server = await startRecordingServer(undefined, () => ({
      status: 400,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: '{"__type":"AccessDeniedException","message":"not authorized to perform: kms:Decrypt"}',
    }));
    const state = envelope({ 'key_provider.aws_kms.main': { ciphertext_blob: 'AAAA' } }, encryptWith(derivedKey));
    const answer = await decrypt(state, { aws: connectTo(server.url) });
    await server.stop();
    expect(answer).toMatchObject({
      outcome: 'state-encrypted',
      message: expect.stringContaining('AccessDeniedException'),
    });
    expect(answer).toMatchObject({ message: expect.stringContaining('key_provider.aws_kms.main') });
  });
});

describe('what else is encrypted, or not', () => {
  it('is a state of keys that cannot be made here', async () => {
    const state = envelope({ 'key_provider.gcp_kms.main': { ciphertext: 'AAAA' } }, encryptWith(derivedKey));
    expect(await decrypt(state)).toMatchObject({
      outcome: 'state-encrypted',
      message: expect.stringContaining('key_provider.gcp_kms.main'),
    });
  });

  it('is a state of a newer encryption', async () => {
    expect(await decrypt(envelope({}, 'AAAA', 'v1'))).toMatchObject({ outcome: 'unsupported' });
  });

  it.each([
    ['a state', text],
    ['a state that speaks of encryption', '{"version":4,"resources":[{"x":"\\"encryption_version\\""}]}'],
    ['rubbish', '"encryption_version" {'],
    ['an object of another kind', '{"encryption_version":1,"encrypted_data":"x"}'],
  ])('is not %s', async (_name, state) => {
    expect(await decrypt(state)).toEqual({ text: state });
  });
});
