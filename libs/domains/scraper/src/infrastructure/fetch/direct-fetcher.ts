import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CircuitOpenError } from '@autobroker/platform/resilience';
import { scraperConfig, type ScraperConfig } from '../../application/config';
import { type FetchContext, type FetchFailure, type FetchJob, type FetchOutcome, PageFetcher } from '../../application/ports';
import { delayBetween, parseRetryAfter } from '../../domain/retry';
import type { ErrorClass } from '../../domain/run';
import { classOfFault, classOfStatus, isReadable } from './classify';
import { type HopAnswer, headerText } from './egress';
import { allowedUrl, isRedirect, RedirectTrail } from './redirects';
import { robotsBytes, type RobotsFetch, RobotsGate } from './robots-gate';
import { Sessions } from './sessions';
import { SignIns } from './sign-ins';
import { SourceAddresses } from './source-addresses';
import { Allowance, Ways } from './ways';

const failure = (error: ErrorClass, detail: string, retryAfterMs: number | null = null): FetchFailure => ({ ok: false, error, detail, retryAfterMs });

const waitFor = async (ms: number, signal: AbortSignal): Promise<void> => {
  await pause(ms, undefined, { signal });
};

/** Faults of the way and of the server open the circuit; what the site refuses us, or what we ask wrongly, does not. */
const isFault = (outcome: FetchOutcome): boolean => !outcome.ok && ['timeout', 'network', 'server_error'].includes(outcome.error);
class FaultSignal extends Error {
  constructor(readonly outcome: FetchFailure) {
    super(outcome.detail);
  }
}

/** Asks sources themselves: politely, and nowhere else. */
@Injectable()
export class DirectFetcher extends PageFetcher {
  override readonly name = 'direct';
  override readonly batch = 1;
  private readonly sessions: Sessions;

  constructor(
    private readonly addresses: SourceAddresses,
    private readonly robots: RobotsGate,
    private readonly allowance: Allowance,
    private readonly ways: Ways,
    private readonly signIns: SignIns,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {
    super();
    this.sessions = new Sessions(config.userAgents);
  }

  override async fetch(jobs: readonly FetchJob[], context: FetchContext): Promise<FetchOutcome[]> {
    const outcomes: FetchOutcome[] = [];
    for (const job of jobs) outcomes.push(await this.contained(job, context));
    return outcomes;
  }

  /** Whatever a source does is an outcome; only that we are told to stop is not. */
  private async contained(job: FetchJob, context: FetchContext): Promise<FetchOutcome> {
    try {
      return await this.ways.circuit(context.plugin.slug).run(
        async () => {
          const outcome = await this.one(job, context);
          if (!outcome.ok && isFault(outcome)) throw new FaultSignal(outcome);
          return outcome;
        },
        (error) => error instanceof FaultSignal,
      );
    } catch (error) {
      if (error instanceof FaultSignal) return error.outcome;
      if (error instanceof CircuitOpenError) return failure('circuit_open', error.message, error.retryAfterMs);
      throw error;
    }
  }

  private async one({ request, validators }: FetchJob, context: FetchContext): Promise<FetchOutcome> {
    const { plugin, session, signal } = context;
    const vendor = await this.addresses.find(plugin.slug);
    if (vendor === null) return failure('network', 'the source has no address here');
    const base = new URL(vendor.url);
    const origins = [base.origin, ...plugin.origins];
    if (!URL.canParse(request.path, base.href)) return failure('unreadable', 'not an address');
    let url = new URL(request.path, base);
    if (!allowedUrl(url, origins)) return failure('off_origin', `${url.origin} is not the source's`);

    const signed = await this.signIns.headers(plugin, vendor, (ask) => this.ways.to(plugin.slug, base.origin).hop(ask), signal);
    if (signed === null) return failure('unauthorized', 'the source does not let us in');
    const limit = AbortSignal.any([signal, AbortSignal.timeout(this.config.totalTimeoutMs + 120_000)]);
    const trail = new RedirectTrail((to) => allowedUrl(to, origins));
    let { method } = request;
    for (;;) {
      const ready = await this.prepare(url, context);
      if (ready !== null) return ready;
      const cookies = await this.sessions.cookies(session, url);
      const headers = {
        'user-agent': this.sessions.userAgent(session),
        accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5',
        'accept-language': `${plugin.locale},en;q=0.5`,
        ...(request.body === undefined || method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
        // A header that lets us in is for the source alone, wherever it sends us.
        ...(url.origin === base.origin ? signed : {}),
        ...(cookies === '' ? {} : { cookie: cookies }),
        ...(validators?.etag == null ? {} : { 'if-none-match': validators.etag }),
        ...(validators?.lastModified == null ? {} : { 'if-modified-since': validators.lastModified }),
      };
      let answer: HopAnswer;
      try {
        const timed = AbortSignal.any([limit, AbortSignal.timeout(this.config.totalTimeoutMs)]);
        answer = await this.ways.to(plugin.slug, base.origin).hop({
          method,
          url,
          headers,
          ...(request.body === undefined || method === 'GET' ? {} : { body: request.body }),
          signal: timed,
          ...(request.isFeed === true ? { maxBodyBytes: this.config.maxFeedBytes } : {}),
          reads: (status) => (status >= 200 && status < 300) || status === 404 || status === 410,
        });
      } catch (error) {
        if (signal.aborted) throw error;
        return failure(classOfFault(error), String(error));
      }
      await this.sessions.remember(session, url, answer.headers['set-cookie']);
      if (!isRedirect(answer.status)) return this.judge(answer, url, context);
      const next = trail.next(url, method, answer.status, headerText(answer.headers.location), { sent: cookies, now: await this.sessions.cookies(session, url) });
      if (!next.ok) return failure(next.error, next.detail);
      ({ url, method } = next);
    }
  }

  /** robots.txt, budgets, and our turn; null when the request may go out. */
  private async prepare(url: URL, { plugin, politeness, signal }: FetchContext): Promise<FetchFailure | null> {
    let crawlDelayMs: number | null = null;
    if (plugin.obeysRobots) {
      const verdict = await this.robots.ask(url, this.robotsOf(plugin.slug, url, signal));
      if (!verdict.allowed) return failure(verdict.error, verdict.detail);
      crawlDelayMs = verdict.crawlDelayMs;
    }
    const spent = await this.allowance.spend(plugin, politeness, 1, plugin.signIn === null ? null : plugin.slug);
    if (!spent.allowed) return failure('budget', spent.detail);
    const delay = Math.max(spent.throttleMs, delayBetween(politeness.delayMs, crawlDelayMs, Math.random()));
    let go = false;
    try {
      go = await this.allowance.turn(plugin.slug, politeness.perMinute, delay, signal, waitFor);
    } finally {
      // Nothing went out: neither has it cost anything.
      if (!go) await spent.giveBack();
    }
    return go ? null : failure('own_limit', 'too many of us wait for this host', 60_000);
  }

  private async judge(answer: HopAnswer, url: URL, { plugin }: FetchContext): Promise<FetchOutcome> {
    if (answer.status === 304) return { ok: true, notModified: true };
    const retryAfterMs = parseRetryAfter(headerText(answer.headers['retry-after']), new Date());
    const wrong = classOfStatus(answer.status);
    if (wrong === 'unauthorized') this.signIns.forget(plugin.slug);
    if (wrong === 'rate_limited' || (wrong === 'server_error' && retryAfterMs !== null)) await this.allowance.holdOff(plugin.slug, retryAfterMs ?? 30_000);
    if (wrong !== null) return failure(wrong, `answered ${answer.status}`, retryAfterMs);
    if (answer.status < 200 || (answer.status >= 300 && answer.status < 400)) return failure('client_error', `answered ${answer.status}`);
    const contentType = headerText(answer.headers['content-type']);
    if (!isReadable(contentType)) return failure('content_type', `answered with ${contentType ?? ''}`);
    return {
      ok: true,
      notModified: false,
      page: { url: url.href, status: answer.status, contentType, body: answer.body },
      validators: { etag: headerText(answer.headers.etag), lastModified: headerText(answer.headers['last-modified']) },
    };
  }

  /**
   * robots.txt itself: the same guarded way, but no robots.txt and no budget before it. RFC 9309 has its redirects followed to
   * other hosts as well; that they lead to no internal address is seen to where the connection is made.
   */
  private robotsOf(slug: string, asked: URL, signal: AbortSignal): RobotsFetch {
    return async (first) => {
      const trail = new RedirectTrail((to) => allowedUrl(to, [to.origin]));
      const vendor = await this.addresses.find(slug);
      const way = this.ways.to(slug, new URL(vendor?.url ?? asked.origin).origin);
      let url = first;
      try {
        for (;;) {
          const answer = await way.hop({
            method: 'GET',
            url,
            headers: { 'user-agent': this.sessions.userAgent(slug), accept: 'text/plain,*/*;q=0.5' },
            signal: AbortSignal.any([signal, AbortSignal.timeout(Math.min(20_000, this.config.totalTimeoutMs))]),
            reads: (status) => status >= 200 && status < 300,
            maxBodyBytes: robotsBytes * 4,
          });
          if (!isRedirect(answer.status)) return { status: answer.status, body: answer.body.subarray(0, robotsBytes).toString('utf8') };
          const next = trail.next(url, 'GET', answer.status, headerText(answer.headers.location), { sent: '', now: '' });
          // RFC 9309: after too many hops the file counts as unavailable, which allows.
          if (!next.ok) return { status: 404, body: '' };
          ({ url } = next);
        }
      } catch (error) {
        if (signal.aborted) throw error;
        return { error: classOfFault(error) };
      }
    };
  }
}
