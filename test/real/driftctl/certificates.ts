// Certificates of the tests' TLS proxy, written by hand: Node signs, but makes none, and openssl is not on every machine.
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  readonly key: KeyObject;
}

const element = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const long = body.length > 255 ? [0x82, body.length >> 8, body.length & 255] : [0x81, body.length];
  return Buffer.concat([Buffer.from([tag, ...(body.length < 128 ? [body.length] : long)]), body]);
};

const sequence = (...parts: readonly Buffer[]) => element(0x30, ...parts);
const set = (...parts: readonly Buffer[]) => element(0x31, ...parts);
const integer = (bytes: Buffer) => element(0x02, bytes);
const text = (value: string) => element(0x0c, Buffer.from(value));
const octets = (value: Buffer) => element(0x04, value);
const bits = (value: Buffer) => element(0x03, Buffer.from([0]), value);
const truth = () => element(0x01, Buffer.from([0xff]));

/** `2.5.29.17` */
const identifier = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const inSevens = (number: number): number[] => {
    const sevens = [number & 127];
    for (let left = number >> 7; left > 0; left >>= 7) sevens.unshift((left & 127) | 128);
    return sevens;
  };
  return element(0x06, Buffer.from([40 * first + second, ...rest.flatMap(inSevens)]));
};

const ecdsaWithSha256 = sequence(identifier('1.2.840.10045.4.3.2'));
const commonName = (value: string) => sequence(set(sequence(identifier('2.5.4.3'), text(value))));

const time = (date: Date): Buffer =>
  element(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));

const dayMilliseconds = 86_400_000;

const validity = (): Buffer => {
  const now = Date.now();
  return sequence(time(new Date(now - dayMilliseconds)), time(new Date(now + dayMilliseconds)));
};

interface Holder {
  readonly subject: string;
  readonly issuer: string;
  readonly extension: Buffer;
  readonly publicKey: KeyObject;
}

const issue = ({ subject, issuer, extension, publicKey }: Holder, signer: KeyObject): string => {
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)]);
  const version3 = element(0xa0, integer(Buffer.from([2])));
  const body = sequence(
    ...[version3, integer(serial), ecdsaWithSha256, commonName(issuer), validity(), commonName(subject)],
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(extension)),
  );
  const whole = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, signer)));
  return `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/(.{64})(?!$)/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
};

const authorityName = 'aws-inventory-orchestrator tests';

/** An authority that lives for this process alone. */
export const makeAuthority = (): Certificate => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const mayIssue = sequence(identifier('2.5.29.19'), truth(), octets(sequence(truth())));
  const holder = { subject: authorityName, issuer: authorityName, extension: mayIssue, publicKey };
  return { certificate: issue(holder, privateKey), key: privateKey };
};

/** A certificate of the authority for one host name. */
export const makeCertificate = (authority: Certificate, host: string): Certificate => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const names = sequence(identifier('2.5.29.17'), octets(sequence(element(0x82, Buffer.from(host)))));
  const holder = { subject: 'host', issuer: authorityName, extension: names, publicKey };
  return { certificate: issue(holder, authority.key), key: privateKey };
};
