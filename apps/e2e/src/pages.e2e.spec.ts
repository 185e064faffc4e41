import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { base } from './platform';

/** Debian's chromium, or another that CHROMIUM names. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Where to leave a picture of each page, for people to look at. */
const pictures = process.env['E2E_PICTURES'];

const pages = ['/api/docs', '/problems', '/problems/validation_failed'];
const widths = { desktop: { width: 1_280, height: 900 }, mobile: { width: 390, height: 844 } };
const looks = pages.flatMap((path) =>
  (['desktop', 'mobile'] as const).flatMap((device) => (['light', 'dark'] as const).map((scheme) => ({ path, device, scheme }))),
);

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const violations = async (page: Page): Promise<string[]> => {
  // The policy of the page forbids scripts, as it should; the inspector looks from a world of its own.
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  const run = `(async () => { ${axe}; const { violations } = await axe.run(document, { resultTypes: ['violations'] }); return JSON.stringify(violations); })()`;
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression: run, contextId, awaitPromise: true });
  if (exceptionDetails !== undefined) throw new Error(`axe failed: ${JSON.stringify(exceptionDetails).slice(0, 500)}`);
  return (JSON.parse(String(result.value)) as Violation[]).map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
};

describe('the pages that the platform serves of itself', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}; install chromium, or name one in CHROMIUM`);
    browser = await chromium.launch({ executablePath, args: flags });
  });
  afterAll(async () => browser?.close());

  it.each(looks)('$path is clean on $device in $scheme', async ({ path, device, scheme }) => {
    const context = await browser.newContext({ viewport: widths[device], colorScheme: scheme });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
    const answer = await page.goto(`${base}${path}`, { waitUntil: 'load' });
    expect(answer?.status()).toBe(200);
    expect(answer?.headers()['content-security-policy']).toContain("default-src 'none'");
    expect(await page.title()).not.toBe('');
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${path.replaceAll('/', '-').slice(1)}-${device}-${scheme}.png`) });
    }
    expect(await violations(page)).toEqual([]);
    // Nothing is wider than the window: what is wide scrolls in a box of its own.
    const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
    expect(scroll).toBeLessThanOrEqual(client);
    expect(complaints).toEqual([]);
    await context.close();
    // The reference is one long page; looking at every colour of it takes a while.
  }, 180_000);

  it('lead from an operation to its place, and from a refusal to its page, by keyboard alone', async () => {
    const page = await (await browser.newContext({ viewport: widths.desktop })).newPage();
    await page.goto(`${base}/api/docs`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.locator('nav a[href="#postAuthLogin"]').click();
    expect(await page.locator('#postAuthLogin').isVisible()).toBe(true);
    await page.locator('article[aria-labelledby="postAuthLogin"] a[href="/problems/invalid_credentials"]').click();
    await page.waitForURL('**/problems/invalid_credentials');
    expect(await page.locator('h1').count()).toBe(1);
    await page.context().close();
  });

  it('name every link’s target', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${base}/api/docs`);
    const broken = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')].map((link) => link.getAttribute('href') ?? '').filter((href) => document.getElementById(href.slice(1)) === null),
    );
    expect(broken).toEqual([]);
    const pagesNamed = await page.evaluate(() => [...new Set([...document.querySelectorAll<HTMLAnchorElement>('a[href^="/"]')].map((link) => link.getAttribute('href') ?? ''))]);
    for (const path of pagesNamed) expect([path, (await fetch(`${base}${path}`)).status]).toEqual([path, 200]);
    await page.context().close();
  });
});
