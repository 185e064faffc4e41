import { existsSync, mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { chromium, type Browser, type Page, type ViewportSize } from 'playwright-core';
import { close, listenFrom } from '../shared/ports';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** Where to leave a picture of each page, for people to look at. */
const pictures = process.env['E2E_PICTURES'];

/** Somebody with a browser, and the shop that sends them to the vendor's pages and takes them back. */
export class Visitor {
  private browser: Browser | undefined;
  private readonly shop: Server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<h1>The shop</h1>'));
  /** Of the shop. */
  home = '';

  constructor(private readonly vendor: string) {}

  async come(): Promise<void> {
    if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}; install chromium, or name one in CHROMIUM`);
    this.browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'] });
    this.home = `http://127.0.0.1:${await listenFrom(this.shop, 0)}`;
  }

  /** Without anything that an earlier visit left behind. */
  async newPage(viewport: ViewportSize): Promise<Page> {
    if (this.browser === undefined) throw new Error('the visitor has not come yet');
    const page = await (await this.browser.newContext({ viewport })).newPage();
    page.setDefaultTimeout(20_000);
    return page;
  }

  /** Leaves a picture of the page where one is asked for. */
  async picture(page: Page, name: string): Promise<void> {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${this.vendor}-${name}.png`), fullPage: true });
  }

  async leave(): Promise<void> {
    await this.browser?.close();
    await close(this.shop);
  }
}
