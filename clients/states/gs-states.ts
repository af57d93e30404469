// States in Google Cloud Storage, as Terraform's gcs backend writes them, by its JSON API.
import { createHash } from 'node:crypto';
import { findObjects, type ObjectPage, objectPlace, type PageOrder } from './find-objects.ts';
import { fetchGoogleToken } from './google-token.ts';
import type { HttpGet } from './http-get.ts';
import { stateOfAnswer } from './http-refusal.ts';
import { isUnread, type StateAccess, type StateAnswer, type StatePlace, type UnreadState } from './state-answer.ts';

type Environment = StateAccess['environment'];
type Ask = (path: string, headers?: Readonly<Record<string, string>>) => Promise<StateAnswer>;

const meaning = {
  who: 'Google Cloud Storage',
  grant: 'Grant the service account roles/storage.objectViewer on the bucket.',
  correct: 'Correct drift.from.',
};

/** Of objects that are encrypted with a key of one's own. */
const keyHeaders = (environment: Environment): Record<string, string> => {
  const key = environment['GOOGLE_ENCRYPTION_KEY'];
  if (!key) return {};
  return {
    'x-goog-encryption-algorithm': 'AES256',
    'x-goog-encryption-key': key,
    'x-goog-encryption-key-sha256': createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64'),
  };
};

interface Listing {
  readonly items?: readonly { readonly name: string; readonly size: string }[];
  readonly nextPageToken?: string;
}

const listPage = async (ask: Ask, { container, prefix, from }: PageOrder): Promise<ObjectPage | UnreadState> => {
  const query = new URLSearchParams({ prefix, fields: 'items(name,size),nextPageToken' });
  if (from !== undefined) query.set('pageToken', from);
  const answer = await ask(`b/${encodeURIComponent(container)}/o?${query}`);
  if (isUnread(answer)) return answer;
  const { items = [], nextPageToken } = JSON.parse(answer.text) as Listing;
  return { objects: items.map(({ name, size }) => ({ name, bytes: Number(size) })), next: nextPageToken };
};

export const gsStates = ({ environment }: StateAccess, http: HttpGet): StatePlace => {
  const names = ['GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT', 'GOOGLE_STORAGE_CUSTOM_ENDPOINT'];
  const endpoint = names.map(name => environment[name]).find(Boolean) ?? 'https://storage.googleapis.com/storage/v1';
  const base = endpoint.replace(/\/+$/, '');
  let token: Promise<StateAnswer> | undefined;
  const ask: Ask = async (path, headers = {}) => {
    token ??= fetchGoogleToken(environment, http);
    const known = await token;
    if (isUnread(known)) return known;
    const sent = { authorization: `Bearer ${known.text}`, ...headers };
    return stateOfAnswer(await http.get({ url: `${base}/${path}`, headers: sent }), meaning);
  };
  return {
    find: location => findObjects(location, order => listPage(ask, order)),
    read: async location => {
      const { container, name } = objectPlace(location);
      const path = `b/${encodeURIComponent(container)}/o/${encodeURIComponent(name)}?alt=media`;
      return await ask(path, keyHeaders(environment));
    },
    close: () => undefined,
  };
};
