import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { calm, type Chaos } from './chaos';
import { breakHtml, changeSelectors } from './disturb';
import { page, redirect, text, type Answer, type Exchange, type Route } from './exchange';
import { html } from './markup';
import { RateLimit } from './rate-limit';
import { RequestLog } from './request-log';
import { robotsAnswer } from './robots';
import { Router } from './router';
import { failed, garbage, tooMany, walls } from './walls';
import { write } from './write';

/** A file for a payment provider, and what is around it. */
const bodyLimit = 6 * 1_024 * 1_024;
const slowRobotsMs = 60_000;
const hugeBytes = 1_024 * 1_024 * 1_024;

export interface HostOptions {
  readonly slug: string;
  readonly robots: () => string;
  readonly routes: readonly Route[];
  readonly now: () => Date;
  /** Delays and losses are the vendor's own to make. */
  readonly disturbsItself?: boolean;
  readonly trouble?: ((status: number, retryAfter: number | null) => Answer) | undefined;
  readonly onError: (error: unknown) => void;
}

/** One vendor's server: its routes behind everything that can be made to go wrong. */
export class Host {
  readonly log = new RequestLog();
  readonly server: Server;
  private readonly router: Router;
  private readonly limit = new RateLimit();
  private chaosNow: Chaos = { ...calm };
  private owed = 0;

  constructor(private readonly options: HostOptions) {
    this.router = new Router(options.routes);
    this.server = createServer({ keepAliveTimeout: 20_000 }, (request, response) => void this.serve(request, response));
  }

  get chaos(): Readonly<Chaos> {
    return this.chaosNow;
  }

  setChaos(change: Partial<Chaos>, reset: boolean): void {
    this.chaosNow = { ...(reset ? calm : this.chaosNow), ...change };
    this.limit.clear();
    this.owed = 0;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const began = performance.now();
    this.log.begin(began);
    let status: number | 'dropped' | 'stalled' = 'dropped';
    try {
      status = await this.answer(request, response);
    } catch (error) {
      if (!(error instanceof CutOff)) this.options.onError(error);
      if (!response.headersSent && !response.destroyed) status = await write(response, failed(500), { method: 'GET', headers: {} });
      else response.destroy();
    } finally {
      this.log.end({
        at: new Date().toISOString(),
        vendor: this.options.slug,
        method: request.method ?? '',
        path: request.url ?? '',
        status,
        user_agent: request.headers['user-agent'] ?? '',
        ms: Math.round(performance.now() - began),
        conditional: request.headers['if-none-match'] !== undefined || request.headers['if-modified-since'] !== undefined,
      });
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<number | 'dropped' | 'stalled'> {
    const method = request.method ?? 'GET';
    const target = request.url ?? '/';
    const url = URL.canParse(target, 'http://vendor') ? new URL(target, 'http://vendor') : new URL('http://vendor/');
    const body = await readBody(request);
    const plain = { method, headers: request.headers };
    if (url.pathname === '/robots.txt') {
      if (this.chaosNow.robots === 'slow') await pause(slowRobotsMs, response);
      return write(response, robotsAnswer(this.chaosNow, this.options.robots()), plain);
    }
    const itself = this.options.disturbsItself === true;
    if (this.chaosNow.delay_ms > 0 && !itself) await pause(this.chaosNow.delay_ms, response);
    const { drop, stall, huge } = this.chaosNow;
    if (drop && !itself) {
      request.socket.destroy();
      return 'dropped';
    }
    if (stall) {
      // The beginning of an answer that never comes: a client must have a limit of its own.
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.write('<!DOCTYPE html><html><head>');
      await gone(response);
      return 'stalled';
    }
    if (huge) return sendEndless(response);
    const exchange: Omit<Exchange, 'params'> = { method, url, path: url.pathname, query: url.searchParams, headers: request.headers, body, now: this.options.now() };
    const instead = this.interruption(exchange, request.socket.remoteAddress ?? '');
    if (instead !== null) return write(response, instead, plain);
    return write(response, this.disturbed(await this.routed(exchange)), plain);
  }

  private async routed(exchange: Omit<Exchange, 'params'>): Promise<Answer> {
    const found = this.router.find(exchange.method, exchange.path);
    if (found === 'no such path') return page(html`<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>`, { status: 404 });
    if (found === 'no such method') return text('text/plain', 'Method Not Allowed', { status: 405 });
    return found.handle({ ...exchange, params: found.params });
  }

  /** What a client gets instead of the page, if anything. */
  private interruption(exchange: Omit<Exchange, 'params'>, client: string): Answer | null {
    const chaos = this.chaosNow;
    const wantsJson = String(exchange.headers['accept'] ?? '').includes('json');
    if (chaos.rate_limit > 0) {
      const wait = this.limit.take(client, chaos.rate_limit);
      if (wait > 0) return this.options.trouble?.(429, wait) ?? tooMany(wait, wantsJson);
    }
    if (chaos.status > 0) {
      // Spread evenly instead of drawn: a share of a half is every second request.
      this.owed += chaos.share;
      if (this.owed >= 1 - 1e-9) {
        this.owed -= 1;
        return this.options.trouble?.(chaos.status, chaos.status === 503 ? 30 : null) ?? { ...failed(chaos.status), ...(chaos.status === 503 ? { headers: { 'retry-after': '30' } } : {}) };
      }
    }
    if (chaos.redirect_loop) {
      const next = new URL(exchange.url);
      next.searchParams.set('hop', String(Number(next.searchParams.get('hop') ?? 0) + 1));
      return redirect(`${next.pathname}${next.search}`);
    }
    if (chaos.redirect_to_internal) return redirect(exchange.url.href.length % 2 === 0 ? 'http://127.0.0.1:22/' : 'http://169.254.169.254/latest/meta-data/');
    if (chaos.bot_wall !== 'off') return walls[chaos.bot_wall](exchange.path);
    if (chaos.garbage) return garbage(exchange.path.startsWith('/img/') ? 'image/jpeg' : wantsJson ? 'application/json' : 'text/html; charset=utf-8');
    return null;
  }

  private disturbed(answer: Answer): Answer {
    let disturbed = answer;
    if (this.chaosNow.changed_selectors) disturbed = changeSelectors(disturbed);
    if (this.chaosNow.broken_html) disturbed = breakHtml(disturbed);
    return disturbed;
  }
}

/** The client went away while it was kept waiting. */
class CutOff extends Error {}

const pause = (ms: number, response: ServerResponse): Promise<void> =>
  new Promise((done, failed_) => {
    const left = (): void => {
      clearTimeout(timer);
      failed_(new CutOff());
    };
    const timer = setTimeout(() => {
      response.off('close', left);
      done();
    }, ms);
    response.once('close', left);
  });

const gone = (response: ServerResponse): Promise<void> => new Promise((done) => (response.destroyed ? done() : response.once('close', () => done())));

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const chunk: Buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += chunk.length;
    if (size > bodyLimit) throw new CutOff();
    parts.push(chunk);
  }
  return Buffer.concat(parts);
};

/** A page without end, as fast as the client takes it and at most a gigabyte: it is never in memory. */
const sendEndless = async (response: ServerResponse): Promise<number> => {
  const block = Buffer.from('<div class="ad"><span>lorem ipsum dolor sit amet consectetur</span></div>\n'.repeat(900));
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  for (let sent = 0; sent < hugeBytes && !response.destroyed; sent += block.length) {
    if (response.write(block)) continue;
    await new Promise<void>((done) => {
      const go = (): void => {
        response.off('drain', go);
        response.off('close', go);
        done();
      };
      response.once('drain', go);
      response.once('close', go);
    });
  }
  response.end();
  return 200;
};
