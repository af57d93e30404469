// Behind the reading of a state: one that OpenTofu has encrypted becomes its text, where the keys are at hand.
import { type CipherGCMTypes, createDecipheriv } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { clientConfiguration } from '../aws/connection.ts';
import { type EncryptionSettings, readEncryptionSettings } from './encryption-settings.ts';
import { isUnread, type StateAccess, type StateAnswer, type UnreadState } from './state-answer.ts';
import { encrypted, type KeyOrder, keyLengths, keysOf } from './state-keys.ts';

/** What OpenTofu writes in place of a state. */
interface Envelope {
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly encrypted_data: string;
  readonly encryption_version: string;
}

/** The envelope; undefined when the text is none, as most are. */
const readEnvelope = (text: string): Envelope | undefined => {
  // Few states are encrypted, and none is to be parsed twice for that.
  if (!text.includes('"encryption_version"')) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Envelope> | null;
    const { encrypted_data: data, encryption_version: version } = value ?? {};
    return typeof data === 'string' && typeof version === 'string' ? (value as Envelope) : undefined;
  } catch {
    return undefined;
  }
};

const nonceBytes = 12;
const tagBytes = 16;

/** AES-GCM as Go writes it: nonce, data, tag. undefined when key or binding are wrong, which the tag shows. */
const open = (data: Buffer, key: Buffer, bound: Buffer): Buffer | undefined => {
  if (!keyLengths.includes(key.length) || data.length < nonceBytes + tagBytes) return undefined;
  try {
    const algorithm = `aes-${key.length * 8}-gcm` as CipherGCMTypes;
    const cipher = createDecipheriv(algorithm, key, data.subarray(0, nonceBytes), { authTagLength: tagBytes });
    cipher.setAAD(bound).setAuthTag(data.subarray(-tagBytes));
    return Buffer.concat([cipher.update(data.subarray(nonceBytes, -tagBytes)), cipher.final()]);
  } catch {
    return undefined;
  }
};

const openWith = (data: Buffer, keys: readonly Buffer[], bound: readonly Buffer[]): Buffer | undefined => {
  for (const key of keys) {
    for (const each of [Buffer.alloc(0), ...bound]) {
      const text = open(data, key, each);
      if (text !== undefined) return text;
    }
  }
  return undefined;
};

const openEnvelope = async (envelope: Envelope, order: KeyOrder): Promise<StateAnswer> => {
  if (envelope.encryption_version !== 'v0') {
    const version = JSON.stringify(envelope.encryption_version).slice(0, 20);
    const message = `Its encryption is of version ${version}, newer than is known here: update aws-inventory.`;
    return { outcome: 'unsupported', message };
  }
  const data = Buffer.from(envelope.encrypted_data, 'base64');
  const refusals: UnreadState[] = [];
  for (const metaKey of Object.keys(order.meta)) {
    const keys = await keysOf(metaKey, order);
    const text = isUnread(keys) ? undefined : openWith(data, keys, order.settings.bound);
    if (text !== undefined) return { text: text.toString('utf8') };
    if (isUnread(keys)) refusals.push(keys);
  }
  const names = Object.keys(order.meta).join(', ') || 'a key that it does not name';
  return (
    refusals[0] ??
    encrypted(`It is encrypted with ${names}, and no key at hand opens it: correct the passphrase in TF_ENCRYPTION.`)
  );
};

export interface StateDecryption {
  /** The text as it is when it is not encrypted. */
  readonly decrypt: (text: string) => Promise<StateAnswer>;
  readonly close: () => void;
}

const noSettings: EncryptionSettings = { keyProviders: [], bound: [] };

/** Calls nothing before the first encrypted state. */
export const openDecryption = (access: StateAccess): StateDecryption => {
  const clients = new Map<string, KMSClient>();
  const kmsIn = (region: string): KMSClient => {
    const client = clients.get(region) ?? new KMSClient(clientConfiguration({ ...access.aws, region }));
    clients.set(region, client);
    return client;
  };
  return {
    decrypt: async text => {
      const envelope = readEnvelope(text);
      if (envelope === undefined) return { text };
      const source = access.environment['TF_ENCRYPTION'] ?? '';
      try {
        const settings = source.trim() === '' ? noSettings : readEncryptionSettings(source);
        return await openEnvelope(envelope, { meta: envelope.meta ?? {}, settings, access, kmsIn });
      } catch (thrown) {
        if (!(thrown instanceof SyntaxError)) throw thrown;
        return encrypted(
          `It is encrypted, and TF_ENCRYPTION is not understood (${thrown.message}): write it as JSON, with literals.`,
        );
      }
    },
    close: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
};
