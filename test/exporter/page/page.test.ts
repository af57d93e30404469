// The page as its addresses answer, without a browser: what is said, in which order, and how much of it.
import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../../exporter/snapshot.ts';
import { pageApp } from './page-app.ts';
import { sampleSnapshot } from './sample-organization.ts';

const get = async (path: string, options: Parameters<typeof pageApp>[0] = {}, headers: Record<string, string> = {}) => {
  const response = await pageApp(options).request(path, { headers });
  return { response, text: await response.text() };
};

const namesIn = (text: string): string[] =>
  [...text.matchAll(/<th scope="row" role="rowheader"><a [^>]*><bdi>([^<]*)<\/bdi>/g)].map(([, name = '']) => name);

describe('the overview', () => {
  it('tells the newest run, its outcomes and what needs attention', async () => {
    const { response, text } = await get('/');
    expect(response.status).toBe(200);
    expect(text).toContain('20261120-nightly');
    expect(text).toMatch(/20 succeeded[\s\S]*3 partial[\s\S]*3 failed/);
    expect(text).toContain('role-refused');
    expect(text).toContain('kms:ListKeys');
  });

  it('shows the accounts that need attention first, and others when they are asked for', async () => {
    const { text } = await get('/');
    expect(namesIn(text).slice(0, 3).toSorted()).toEqual(['acquired company', 'integration', 'legacy']);
    const { text: sorted } = await get('/?sort=name&order=desc&outcome=succeeded');
    const names = namesIn(sorted);
    expect(names).toHaveLength(20);
    expect([names[0], names[1], names.at(-1)]).toEqual(['shop 東京', 'shop test', 'backup']);
    const { text: found } = await get('/?q=prod+vault');
    expect(namesIn(found)).toEqual(['card vault']);
  });

  it('takes nonsense in its address for nothing', async () => {
    const { response, text } = await get('/?sort=%00&order=up&page=-3&outcome=%3Cscript%3E&q=');
    expect(response.status).toBe(200);
    expect(text).toBe((await get('/')).text);
  });

  it('stays small and quick for ten thousand accounts', async () => {
    const [first] = sampleSnapshot().accounts;
    if (first === undefined) throw new Error('the sample has no account');
    const accounts = Array.from({ length: 10_000 }, (_, at): AccountView => ({ ...first, id: String(1e11 + at) }));
    const app = pageApp({ snapshot: { ...sampleSnapshot(), accounts } });
    await app.request('/');
    const before = performance.now();
    const text = await (await app.request('/?sort=resources&page=7')).text();
    // A tenth of it as a rule: the machines that test are busy with other things.
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(text.length).toBeLessThan(300_000);
    expect(text).toMatch(/Page 7 of \d+/);
  });
});

describe('the page of an account', () => {
  it('has its outcome, what was not seen, drift, tags and reports', async () => {
    const { text } = await get('/accounts/100000000008');
    for (const said of [
      'card vault',
      'services-denied',
      'secretsmanager:ListSecrets',
      'launch-wizard-1',
      'old-bastion',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).toContain('AWSRecon/2026/11/20/recon_100000000008.json');
  });

  it('is not there for an account that is none', async () => {
    const { response, text } = await get('/accounts/%3Cscript%3E');
    expect(response.status).toBe(404);
    expect(text).not.toContain('<script>');
  });
});

describe('every page', () => {
  it.each(['/', '/accounts/100000000008', '/runs', '/nowhere'])(
    '%s allows no script and nothing from elsewhere',
    async path => {
      const { response, text } = await get(path);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(text).not.toMatch(/<script|\son\w+=|style="|javascript:/i);
      expect(text).toMatch(/<html lang="en"/);
    },
  );

  it('comes before the first snapshot as a promise, with 503', async () => {
    const { response, text } = await get('/', { snapshot: undefined });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(text).toContain('<h1');
  });

  it('has a style that is kept for ever under its name', async () => {
    const { text } = await get('/');
    const [, address = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(text) ?? [];
    const { response } = await get(address);
    expect(response.headers.get('cache-control')).toContain('immutable');
    const again = await get(address, {}, { 'if-none-match': response.headers.get('etag') ?? '' });
    expect([again.response.status, again.text]).toEqual([304, '']);
  });
});
