// The page for people in a real Chromium: what is read without scripts, on a phone, in the dark, and with hostile names.
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startHttpServer } from '../../clients/http-server.ts';
import type { Snapshot } from '../../exporter/snapshot.ts';
import { pageApp } from '../exporter/page/page-app.ts';
import { sampleSnapshot } from '../exporter/page/sample-organization.ts';
import { startChromium } from './browser/chromium.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startChromium();
});
afterAll(async () => await browser?.close());

const serve = async (snapshot: Snapshot = sampleSnapshot()): Promise<string> => {
  const { fetch } = pageApp({ snapshot });
  const server = await startHttpServer({ fetch: request => fetch(request), host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  return server.url;
};

const desktop = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };

const open = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: desktop, javaScriptEnabled: false, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
};

const accountNames = (page: Page): Promise<string[]> => page.locator('table.accounts tbody tr th a').allTextContents();

/** Scripts of the test itself run only in pages that may run some. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth') as Promise<number>;

describe('the page', () => {
  it('is read, searched and sorted without scripts', async () => {
    const page = await open(await serve());
    expect(await page.locator('h1').textContent()).toBe('Organization');
    expect(await page.locator('svg').count()).toBeGreaterThan(2);
    await page.fill('#q', 'shop');
    await page.click('form.search button');
    const found = await accountNames(page);
    expect(found.length).toBeGreaterThan(2);
    expect(found.every(name => name.startsWith('shop'))).toBe(true);
    await page.click('table.accounts thead a:has-text("Account")');
    expect(await accountNames(page)).toEqual([...found].sort((a, b) => a.localeCompare(b)));
    await page.selectOption('#outcome', 'failed');
    await page.fill('#q', '');
    await page.click('form.search button');
    expect(await page.locator('table.accounts tbody .badge').allTextContents()).toSatisfy(
      (words: string[]) => words.length > 0 && words.every(word => word.endsWith('failed')),
    );
  });

  it('leads to an account, with what was denied and how to mend it', async () => {
    const page = await open(await serve());
    await page.click('table.accounts a:has-text("card vault")');
    expect(await page.locator('h1').textContent()).toBe('card vault');
    expect(await page.locator('#unseen').textContent()).toContain('kms:ListKeys');
    for (const id of ['resources', 'drift', 'tags', 'reports']) expect(await page.locator(`#${id}`).count()).toBe(1);
    await page.click('nav[aria-label="Where this is"] a');
    expect(await page.locator('h1').textContent()).toBe('Organization');
  });

  it.each([
    ['light', desktop],
    ['dark', desktop],
    ['light', phone],
    ['dark', phone],
  ] as const)('fits into its window and has contrast: %s, %o', async (colorScheme, viewport) => {
    const url = await serve();
    for (const path of ['/', '/accounts/100000000008', '/runs']) {
      const page = await open(url + path, { colorScheme, viewport, javaScriptEnabled: true });
      expect([path, await overflow(page)]).toEqual([path, 0]);
      expect(await page.evaluate(lowContrast)).toEqual([]);
    }
  });

  it('shows hostile names as they are, and runs nothing of them', async () => {
    const evil = [
      '<script>document.title="owned"</script>',
      '"><img src=x onerror="document.title=\'owned\'">',
      '\u202Etxt.exe',
      `=cmd|' /C calc'!A0`,
      'x'.repeat(10_000),
    ];
    const sample = sampleSnapshot();
    const accounts = sample.accounts.map((account, at) => ({ ...account, name: evil[at] ?? account.name }));
    const url = await serve({ ...sample, accounts });
    const page = await open(`${url}/?sort=name`, { javaScriptEnabled: true, viewport: phone });
    expect(await page.title()).not.toContain('owned');
    expect(await page.locator('script, img').count()).toBe(0);
    expect(await page.locator('body').textContent()).toContain(evil[0]);
    expect(await overflow(page)).toBe(0);
    const account = await open(`${url}/accounts/${accounts[1]?.id}`, { javaScriptEnabled: true, viewport: phone });
    expect(await account.locator('h1').textContent()).toBe(evil[1]);
    expect([await account.locator('script, img').count(), await overflow(account)]).toEqual([0, 0]);
  });

  it('sends no request but for itself and its style', async () => {
    const url = await serve();
    const context = await browser.newContext({ viewport: desktop });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', request => asked.push(new URL(request.url()).pathname));
    page.on('console', message => complaints.push(message.text()));
    await page.goto(url);
    expect(asked.filter(path => path !== '/favicon.ico')).toEqual(['/', expect.stringMatching(/^\/page\/.+\.css$/)]);
    expect(complaints).toEqual([]);
  });

  it('is the one of the pictures in docs/images', async () => {
    const url = await serve();
    mkdirSync('.vitest/images', { recursive: true });
    const shots = [
      ['page', '/', { viewport: { width: 1280, height: 1500 } }],
      ['page-account', '/accounts/100000000008', { viewport: { width: 1280, height: 1500 } }],
      ['page-dark-phone', '/', { viewport: phone, colorScheme: 'dark' }],
    ] as const;
    for (const [name, path, options] of shots) {
      const page = await open(url + path, options);
      const picture = await page.screenshot({ path: `.vitest/images/${name}.png` });
      expect(picture.length).toBeGreaterThan(10_000);
    }
  });
});

/** Texts whose contrast with what lies behind them is below WCAG's AA; runs in the browser. */
const lowContrast = `(() => {
  // A mixed colour is told as color(srgb 0.9 0.8 0.8).
  const parse = text =>
    (text.match(/[\\d.]+/g) ?? []).map(Number).map((v, at) => (text.startsWith('color(srgb') && at < 3 ? v * 255 : v));
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => v / 255).map(v => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = element => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length > 0 && (color[3] ?? 1) > 0.5) return color;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const element of document.querySelectorAll('body *:not(svg):not(svg *)')) {
    const own = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.textContent.trim()).join('');
    if (own === '' || element.closest('[aria-hidden=true]') !== null || element.tagName === 'OPTION') continue;
    const style = getComputedStyle(element);
    if (element.getClientRects().length === 0) continue;
    const [a, b] = [luminance(parse(style.color)), luminance(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.push(own.slice(0, 40) + ' ' + ratio.toFixed(2) + ' ' + style.color);
  }
  return [...new Set(low)].slice(0, 10);
})()`;
