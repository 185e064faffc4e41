import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { SandboxClock } from '../clock';
import type { OpenVendor } from '../sandbox';
import { json, page, whole, type Answer } from '../shared/exchange';
import { readChaos, type Chaos } from '../shared/chaos';
import { readRecord, textOf } from '../shared/records';
import { write } from '../shared/write';
import { readAdvance } from './advance';
import { changed } from './changed';
import { Followers } from './followers';
import { frontPage } from './page';
import { sendTruth, type TruthSource } from './truth';

const waitForFollowersMs = 3_000;
const longestPollSeconds = 55;
const bodyLimit = 64 * 1_024;

export interface FrontOptions {
  readonly clock: SandboxClock;
  readonly vendors: ReadonlyMap<string, OpenVendor>;
  readonly truth: TruthSource;
  /** Moves the clock and the market. */
  readonly moveBy: (ms: number) => void;
  readonly onError: (error: unknown) => void;
}

/** The front page and the control API, which exists nowhere else. On loopback, and for programs: pages of other sites are refused. */
export class Front {
  readonly server: Server;
  private readonly followers: Followers;

  constructor(private readonly options: FrontOptions) {
    this.followers = new Followers(options.clock);
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const plain = { method: request.method ?? 'GET', headers: request.headers };
    try {
      if (!isOurs(request)) return void (await write(response, refusal(403, 'The control API is for this machine alone'), plain));
      const url = new URL(request.url ?? '/', 'http://sandbox');
      if (url.pathname === '/control/truth' && plain.method === 'GET') return await sendTruth(response, this.options);
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const answer = await this.answer(plain.method, url, await readBody(request), gone.signal);
      await write(response, answer, plain);
    } catch (error) {
      this.options.onError(error);
      if (response.headersSent) response.destroy();
      else await write(response, refusal(500, 'The sandbox failed; its log says why'), plain);
    }
  }

  private async answer(method: string, url: URL, body: Buffer, gone: AbortSignal): Promise<Answer> {
    const asked = `${method === 'HEAD' ? 'GET' : method} ${url.pathname}`;
    switch (asked) {
      case 'GET /':
        return page(frontPage(this.options));
      case 'GET /health':
        return json({ ok: true });
      case 'GET /control/vendors':
        return json({ vendors: this.vendors() });
      case 'GET /control/clock':
        return this.followClock(url, gone);
      case 'POST /control/clock':
        return this.moveClock(body);
      case 'GET /control/chaos':
        return json({ vendors: this.chaosNow() });
      case 'POST /control/chaos':
        return this.setChaos(body);
      case 'GET /control/requests':
        return this.requests(url);
      case 'POST /control/requests':
      case 'DELETE /control/requests':
        for (const { host } of this.options.vendors.values()) host.log.clear();
        return json({ cleared: true });
      default:
        return refusal(404, `No such thing: ${asked}`);
    }
  }

  private vendors() {
    return [...this.options.vendors.values()].map(({ vendor, baseUrl, host }) => ({
      slug: vendor.slug,
      title: vendor.title,
      kind: vendor.kind,
      base_url: baseUrl,
      ...(vendor.key === undefined ? {} : { key: vendor.key }),
      ...(vendor.hints === undefined ? {} : { hints: vendor.hints(baseUrl) }),
      chaos: changed(host.chaos),
    }));
  }

  private chaosNow(): Record<string, Readonly<Chaos>> {
    return Object.fromEntries([...this.options.vendors].map(([slug, { host }]) => [slug, host.chaos]));
  }

  private clockNow(): { now: string; offset_ms: number } {
    return { now: this.options.clock.now().toISOString(), offset_ms: this.options.clock.offsetMs };
  }

  private async followClock(url: URL, gone: AbortSignal): Promise<Answer> {
    const known = url.searchParams.get('after');
    if (known !== null && /^-?\d{1,15}$/u.test(known)) {
      const wait = whole(url.searchParams.get('wait'), 25, { min: 0, max: longestPollSeconds });
      await this.followers.poll(url.searchParams.get('follower') ?? randomUUID(), Number(known), wait * 1_000, gone);
    }
    return json(this.clockNow());
  }

  private async moveClock(body: Buffer): Promise<Answer> {
    const asked = readRecord(body);
    const ms = readAdvance(asked?.['advance'], this.options.clock.now());
    if (ms === null) return refusal(400, 'advance: seconds, a text such as "1d" or "90m", or an ISO 8601 duration, none of them negative');
    this.options.moveBy(ms);
    const { followers, behind } = await this.followers.seen(waitForFollowersMs);
    return json({ ...this.clockNow(), followers, behind });
  }

  private setChaos(body: Buffer): Answer {
    const asked = readRecord(body);
    const slug = asked === null ? null : textOf(asked['vendor']);
    if (asked === null || slug === null) return refusal(400, 'vendor: the slug of one, or "*" for all');
    const chosen = slug === '*' ? [...this.options.vendors.values()] : [this.options.vendors.get(slug)];
    const wish = readChaos(asked);
    if ('refused' in wish) return refusal(400, wish.refused.join('; '));
    for (const one of chosen) {
      if (one === undefined) return refusal(404, `No such vendor: ${slug}`);
      one.host.setChaos(wish.change, wish.reset);
    }
    return json({ vendors: Object.fromEntries(chosen.flatMap((one) => (one === undefined ? [] : [[one.vendor.slug, one.host.chaos]]))) });
  }

  private requests(url: URL): Answer {
    const slug = url.searchParams.get('vendor');
    const chosen = [...this.options.vendors.values()].filter(({ vendor }) => slug === null || slug === '*' || vendor.slug === slug);
    if (chosen.length === 0) return refusal(404, `No such vendor: ${slug ?? ''}`);
    const limit = whole(url.searchParams.get('limit'), 100, { max: 2_000 });
    return json({
      counters: Object.fromEntries(chosen.map(({ vendor, host }) => [vendor.slug, host.log.counters])),
      requests: chosen
        .flatMap(({ host }) => host.log.last(limit))
        .sort((a, b) => a.at.localeCompare(b.at))
        .slice(-limit),
    });
  }
}

const refusal = (status: number, detail: string): Answer => json({ error: { status, detail } }, { status });

/** A page of another site, in a browser on this machine, could otherwise move the clock. */
const isOurs = (request: IncomingMessage): boolean => {
  const from = request.socket.remoteAddress ?? '';
  const origin = request.headers.origin;
  const named = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/u;
  const host = request.headers.host ?? '';
  return /^(?:::ffff:)?127\./u.test(from) && named.test(host) && (origin === undefined || origin === `http://${host}`);
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const chunk: Buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += chunk.length;
    if (size <= bodyLimit) parts.push(chunk);
  }
  return Buffer.concat(parts);
};
