// States of HCP Terraform and Terraform Enterprise: the workspace's newest version, then its download.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateLocation } from '../../contract/drift/state-location.ts';
import type { HttpAnswer, HttpGet } from './http-get.ts';
import { stateOfAnswer } from './http-refusal.ts';
import { isUnread, type StateAccess, type StateAnswer, type StatePlace } from './state-answer.ts';

type Environment = StateAccess['environment'];

/** Base of the API, as driftctl, go-tfe and Terraform name it in turn. */
const apiOf = (environment: Environment): string => {
  const named = environment['DCTL_TFC_ENDPOINT'];
  if (named) return named.replace(/\/+$/, '');
  const address = environment['TFE_ADDRESS'] || `https://${environment['TFE_HOSTNAME'] || 'app.terraform.io'}`;
  return `${address.replace(/\/+$/, '')}/api/v2`;
};

/** Where `terraform login` leaves its tokens. */
const tokenOfLogin = async ({ host }: URL, environment: Environment): Promise<string | undefined> => {
  const home = environment['HOME'];
  if (!home) return undefined;
  const file = environment['TF_CLI_CONFIG_FILE'] ?? join(home, '.terraform.d', 'credentials.tfrc.json');
  try {
    const { credentials } = JSON.parse(await readFile(file, 'utf8')) as {
      credentials?: Record<string, { token?: string }>;
    };
    return credentials?.[host]?.token;
  } catch {
    // None, or one in Terraform's own language: as good as no login.
    return undefined;
  }
};

const tokenOf = async (api: URL, environment: Environment): Promise<string | undefined> => {
  const ofHost = `TF_TOKEN_${api.hostname.replaceAll('-', '__').replaceAll('.', '_')}`;
  const given = ['TFE_TOKEN', 'DCTL_TFC_TOKEN', ofHost].map(name => environment[name]).find(Boolean);
  return given ?? (await tokenOfLogin(api, environment));
};

const memberOf = (answer: HttpAnswer, ...path: readonly string[]): string | undefined => {
  try {
    let value: unknown = JSON.parse(answer.body.toString('utf8'));
    for (const name of path) value = (value as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
};

interface Api {
  readonly url: string;
  readonly http: HttpGet;
  readonly headers: Readonly<Record<string, string>>;
}

/** The text of a member of the answer, or why there is none. */
const ask = async (api: Api, path: string, member: readonly string[]): Promise<StateAnswer> => {
  const { host } = new URL(api.url);
  const answer = await api.http.get({ url: `${api.url}/${path}`, headers: api.headers });
  const refused = stateOfAnswer(answer, {
    who: host,
    grant: 'Let TFE_TOKEN be a token of a team that may read the state of this workspace.',
    // It says 404 to a token that may not see a workspace.
    correct: 'Check the name of the workspace, that it has a state, and that the team of TFE_TOKEN may read it.',
  });
  if (isUnread(refused)) return refused;
  const text = memberOf(answer, ...member);
  if (text !== undefined) return { text };
  return { outcome: 'failed', message: `${host} gave no ${member.at(-1)}: check TFE_HOSTNAME, then retry.` };
};

const download = async (api: Api, url: string): Promise<StateAnswer> => {
  // Archivist's URLs are signed: the token is for the API's own host alone.
  const headers = URL.parse(url)?.origin === new URL(api.url).origin ? { headers: api.headers } : {};
  return stateOfAnswer(await api.http.get({ url, ...headers }), {
    who: URL.parse(url)?.host ?? 'The download',
    grant: 'Let the team of TFE_TOKEN read states, not their outputs alone.',
    correct: 'Retry: the state was there a moment ago.',
  });
};

const read = async (api: Api, { path }: StateLocation): Promise<StateAnswer> => {
  const [organization = '', name] = path.split('/').map(encodeURIComponent);
  const workspace =
    name === undefined
      ? { text: organization }
      : await ask(api, `organizations/${organization}/workspaces/${name}`, ['data', 'id']);
  if (isUnread(workspace)) return workspace;
  const member = ['data', 'attributes', 'hosted-state-download-url'];
  const url = await ask(api, `workspaces/${workspace.text}/current-state-version`, member);
  return isUnread(url) ? url : await download(api, url.text);
};

export const tfcloudStates = ({ environment }: StateAccess, http: HttpGet): StatePlace => ({
  find: async location => [location],
  read: async location => {
    const url = apiOf(environment);
    const api = URL.parse(url);
    if (api === null) return { outcome: 'failed', message: `${JSON.stringify(url)} is no URL: correct TFE_HOSTNAME.` };
    const token = await tokenOf(api, environment);
    if (token === undefined) {
      const message = `There is no token for ${api.host}: set TFE_TOKEN to one that may read states.`;
      return { outcome: 'denied', message };
    }
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/vnd.api+json' };
    return await read({ url, http, headers }, location);
  },
  close: () => undefined,
});
