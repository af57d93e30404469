// Who asks Google for a state: a token as it is given, or an hour's token for the key of a service account.
import { createPrivateKey, createSign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { HttpGet } from './http-get.ts';
import { isUnread, type StateAccess, type StateAnswer, type UnreadState } from './state-answer.ts';

type Environment = StateAccess['environment'];

const readScope = 'https://www.googleapis.com/auth/devstorage.read_only';

const noKey: UnreadState = {
  outcome: 'denied',
  message:
    'There are no credentials for Google: set GOOGLE_CREDENTIALS to the key of a service account (JSON, or its file), or GOOGLE_OAUTH_ACCESS_TOKEN.',
};

interface ServiceAccountKey {
  readonly client_email: string;
  readonly private_key: string;
  readonly token_uri?: string;
}

const readKey = async (environment: Environment): Promise<ServiceAccountKey | UnreadState> => {
  const names = ['GOOGLE_BACKEND_CREDENTIALS', 'GOOGLE_CREDENTIALS', 'GOOGLE_APPLICATION_CREDENTIALS'];
  const given = names.map(name => environment[name]).find(Boolean);
  if (given === undefined) return noKey;
  try {
    const text = given.trimStart().startsWith('{') ? given : await readFile(given, 'utf8');
    const key = JSON.parse(text) as ServiceAccountKey;
    if (key.client_email && createPrivateKey(key.private_key).asymmetricKeyType === 'rsa') return key;
  } catch {
    // Said below, without what the parser would quote of the key.
  }
  const message = 'GOOGLE_CREDENTIALS holds no key of a service account: give its JSON, or its file.';
  return { outcome: 'denied', message };
};

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A request for an hour's token, signed with the key (RFC 7523). */
const signAssertion = (key: ServiceAccountKey, audience: string): string => {
  const issued = Math.floor(Date.now() / 1000);
  const claims = { iss: key.client_email, scope: readScope, aud: audience, iat: issued, exp: issued + 3600 };
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key.private_key).toString('base64url')}`;
};

export const fetchGoogleToken = async (environment: Environment, http: HttpGet): Promise<StateAnswer> => {
  const given = environment['GOOGLE_OAUTH_ACCESS_TOKEN'];
  if (given) return { text: given };
  const key = await readKey(environment);
  if (isUnread(key)) return key;
  const url = key.token_uri ?? 'https://oauth2.googleapis.com/token';
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: signAssertion(key, url) };
  const { status, body } = await http.get({ url, form });
  if (status === 200) {
    const { access_token: token } = JSON.parse(body.toString('utf8')) as { access_token?: string };
    if (token) return { text: token };
  }
  return { outcome: 'denied', message: `Google gave ${key.client_email} no token (${status}): renew its key.` };
};
