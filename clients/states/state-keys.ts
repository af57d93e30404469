// Beside the decryption of a state: the keys that may open it, made again as OpenTofu's key providers made them.
import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { DecryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { parseArn } from '../../contract/catalogue/arn.ts';
import { describeAwsError } from '../aws/errors.ts';
import { type EncryptionSettings, type KeyProvider, referenceIn } from './encryption-settings.ts';
import { isUnread, type StateAccess, type UnreadState } from './state-answer.ts';

const derive = promisify(pbkdf2);

/** What the key was made from. */
interface KeyMeta {
  readonly salt?: string;
  readonly iterations?: number;
  readonly hash_function?: string;
  readonly key_length?: number;
  readonly ciphertext_blob?: string;
}

export interface KeyOrder {
  /** Of the state, by the key provider's address or the alias that it was given. */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly settings: EncryptionSettings;
  readonly access: StateAccess;
  readonly kmsIn: (region: string) => KMSClient;
}

/** More than one where the settings do not tell which of their passphrases it was. */
type Keys = readonly Buffer[] | UnreadState;

export const encrypted = (message: string): UnreadState => ({ outcome: 'state-encrypted', message });

/** Above all that anybody has configured: a forged state must not keep the scan computing for hours. */
const maxIterations = 20_000_000;
export const keyLengths: readonly number[] = [16, 24, 32];

const readMeta = (value: unknown): KeyMeta | undefined => {
  try {
    const meta: unknown = typeof value === 'string' ? JSON.parse(Buffer.from(value, 'base64').toString('utf8')) : value;
    return typeof meta === 'object' && meta !== null ? meta : undefined;
  } catch {
    return undefined;
  }
};

const isNamed = ({ address, attributes }: KeyProvider, metaKey: string): boolean =>
  address === metaKey || attributes['encrypted_metadata_alias'] === metaKey;

const providersOf = (settings: EncryptionSettings, type: string, metaKey: string): KeyProvider[] => {
  const ofType = settings.keyProviders.filter(provider => provider.type === type);
  const named = ofType.filter(provider => isNamed(provider, metaKey));
  // Names are local to each configuration: another one may have written the state.
  return named.length > 0 ? named : ofType;
};

const regionOf = ({ attributes }: KeyProvider): string | undefined => {
  const { region, kms_key_id: key } = attributes;
  if (typeof region === 'string' && referenceIn(region) === undefined) return region;
  return parseArn(String(key))?.region || undefined;
};

const unlockKey = async (meta: KeyMeta, metaKey: string, { settings, access, kmsIn }: KeyOrder): Promise<Keys> => {
  const [provider] = providersOf(settings, 'aws_kms', metaKey);
  const region = (provider === undefined ? undefined : regionOf(provider)) ?? access.aws.region;
  const command = new DecryptCommand({ CiphertextBlob: Buffer.from(meta.ciphertext_blob ?? '', 'base64') });
  try {
    const { Plaintext: key } = await kmsIn(region).send(command, { abortSignal: access.signal });
    return key === undefined ? encrypted(`KMS gave no key for ${metaKey}.`) : [Buffer.from(key)];
  } catch (thrown) {
    if (access.signal.aborted) throw thrown;
    const { kind, code, message } = describeAwsError(thrown);
    const said = `It is encrypted with ${metaKey}, and KMS in ${region} answered ${code}: ${message.replace(/\.$/, '')}.`;
    if (kind === 'unavailable' || kind === 'throttled') return { outcome: 'failed', message: `${said} Retry.` };
    return encrypted(
      `${said} Let the key's policy, and the role that reads states, allow kms:Decrypt; if the key is in another region, say so in TF_ENCRYPTION.`,
    );
  }
};

/** A passphrase as it is written, from a variable, or a key of KMS that it is chained to. */
const passphrasesOf = async ({ attributes }: KeyProvider, order: KeyOrder): Promise<Keys> => {
  const { passphrase, chain } = attributes;
  const upstream = order.settings.keyProviders.find(({ address }) => address === referenceIn(chain));
  const metaKey = Object.keys(order.meta).find(key => upstream !== undefined && isNamed(upstream, key));
  const meta = metaKey === undefined ? undefined : readMeta(order.meta[metaKey]);
  if (metaKey !== undefined && meta?.ciphertext_blob !== undefined) return await unlockKey(meta, metaKey, order);
  const variable = /^var\.(.+)$/.exec(referenceIn(passphrase) ?? '')?.[1];
  const words = variable === undefined ? passphrase : order.access.environment[`TF_VAR_${variable}`];
  return typeof words === 'string' ? [Buffer.from(words)] : [];
};

const deriveKeys = async (meta: KeyMeta, metaKey: string, order: KeyOrder): Promise<Keys> => {
  const { salt = '', iterations = 0, key_length: length = 0, hash_function: hash = '' } = meta;
  if (iterations < 1 || iterations > maxIterations || !keyLengths.includes(length) || !/^sha(256|512)$/.test(hash)) {
    const message = `Its key ${metaKey} is made in no way that OpenTofu knows: restore an older version.`;
    return { outcome: 'invalid', message };
  }
  const keys: Buffer[] = [];
  for (const provider of providersOf(order.settings, 'pbkdf2', metaKey)) {
    const passphrases = await passphrasesOf(provider, order);
    if (isUnread(passphrases)) return passphrases;
    for (const words of passphrases)
      keys.push(await derive(words, Buffer.from(salt, 'base64'), iterations, length, hash));
  }
  if (keys.length > 0) return keys;
  return encrypted(
    `It is encrypted with ${metaKey}: set TF_ENCRYPTION to the configuration, with its passphrase, that tofu uses.`,
  );
};

/** The keys that one entry of the state's metadata stands for. Throws what Node says of a network that fails. */
export const keysOf = async (metaKey: string, order: KeyOrder): Promise<Keys> => {
  const meta = readMeta(order.meta[metaKey]);
  if (meta?.ciphertext_blob !== undefined) return await unlockKey(meta, metaKey, order);
  if (meta?.salt !== undefined) return await deriveKeys(meta, metaKey, order);
  return encrypted(
    `It is encrypted with ${metaKey}: only keys of pbkdf2 and aws_kms can be made here. Give a decrypted copy.`,
  );
};
