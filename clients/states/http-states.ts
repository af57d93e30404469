// States behind a URL, as Terraform's http backend writes them: GitLab and many others.
import type { HttpGet } from './http-get.ts';
import { stateOfAnswer } from './http-refusal.ts';
import type { StateAccess, StatePlace } from './state-answer.ts';

const basicAuth = ({ username, password }: URL): Record<string, string> => {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
};

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Who listens on the way would have the token: it goes over TLS, or nowhere off this machine. */
const isInTheClear = ({ protocol, hostname }: URL): boolean => protocol !== 'https:' && !loopback.test(hostname);

export const httpStates = (access: StateAccess, http: HttpGet): StatePlace => ({
  find: async location => [location],
  read: async ({ scheme, path }) => {
    const url = new URL(`${scheme.slice('tfstate+'.length)}://${path}`);
    const headers = { ...basicAuth(url), ...access.headers };
    if (Object.keys(headers).length > 0 && isInTheClear(url)) {
      return {
        outcome: 'denied',
        message: `No header or password is sent to ${url.host} in the clear: write tfstate+https:// in drift.from, or take the headers away.`,
      };
    }
    url.username = '';
    url.password = '';
    const answer = await http.get({ url: url.href, headers });
    return stateOfAnswer(answer, {
      who: url.host,
      grant: 'Give it a header, or a user and password in the URL, that may read the state.',
      correct: 'Correct the URL in drift.from.',
    });
  },
  close: () => undefined,
});
