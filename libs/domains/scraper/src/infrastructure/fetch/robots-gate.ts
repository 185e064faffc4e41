import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { LRUCache } from 'lru-cache';
import { scraperConfig, type ScraperConfig } from '../../application/config';
import type { ErrorClass } from '../../domain/run';
import { parseRobots, type Robots } from '../../domain/robots';

const dayMs = 24 * 3_600_000;
/** How long a robots.txt that could not be had forbids everything. */
const shutMs = 10 * 60_000;
/** RFC 9309 asks for 500 KiB at the least; what follows is not read. */
export const robotsBytes = 512 * 1024;

/** What came of asking for a robots.txt: its status and text, or why there was no answer. */
export type RobotsFetch = (url: URL) => Promise<{ readonly status: number; readonly body: string } | { readonly error: ErrorClass }>;

export type RobotsVerdict =
  | { readonly allowed: true; readonly crawlDelayMs: number | null }
  | { readonly allowed: false; readonly error: ErrorClass; readonly detail: string };

interface Kept {
  readonly status: number;
  readonly body: string;
  readonly expires_at: Date;
  /** Why there was no answer, as long as it is remembered here. */
  readonly error?: ErrorClass;
}

/** Asks robots.txt before every request (RFC 9309). One copy for all workers, kept for a day. */
@Injectable()
export class RobotsGate {
  private readonly parsed = new LRUCache<string, Robots>({ max: 200 });
  /** Asked before every request: the shared copy is looked at again twice a minute. */
  private readonly near = new LRUCache<string, Kept>({ max: 200, ttl: 30_000 });

  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {}

  async ask(url: URL, fetchRobots: RobotsFetch): Promise<RobotsVerdict> {
    const kept = (await this.kept(url.origin)) ?? (await this.load(url.origin, fetchRobots));
    // Unreachable and undefined states forbid everything; a file that isn't there allows it.
    if (kept.status === 0 || kept.status === 429 || kept.status >= 500) {
      return { allowed: false, error: kept.status === 0 ? (kept.error ?? 'network') : kept.status === 429 ? 'rate_limited' : 'server_error', detail: `robots.txt could not be had (${kept.status})` };
    }
    if (kept.status >= 400) return { allowed: true, crawlDelayMs: null };
    const robots = this.robotsOf(url.origin, kept);
    const agent = this.config.robotsAgent;
    if (!robots.isAllowed(agent, url.href)) return { allowed: false, error: 'robots', detail: `robots.txt forbids ${url.pathname}` };
    const delay = robots.crawlDelay(agent);
    return { allowed: true, crawlDelayMs: delay === null ? null : Math.min(delay * 1_000, 60_000) };
  }

  forget(): void {
    this.near.clear();
  }

  private async kept(origin: string): Promise<Kept | null> {
    const near = this.near.get(origin);
    if (near !== undefined && near.expires_at.getTime() > this.db.clock.now().getTime()) return near;
    const [row] = await this.db.query<Kept>('select status, body, expires_at from scraper.robots where origin = $1 and expires_at > $2', [origin, this.db.clock.now()], { name: 'scraper_robots' });
    if (row !== undefined) this.near.set(origin, row);
    return row ?? null;
  }

  private async load(origin: string, fetchRobots: RobotsFetch): Promise<Kept> {
    const answer = await fetchRobots(new URL('/robots.txt', origin));
    const now = this.db.clock.now();
    const status = 'error' in answer ? 0 : answer.status;
    const usable = status !== 0 && status !== 429 && status < 500;
    const body = usable && status < 400 && 'body' in answer ? answer.body.replaceAll('\u0000', '\uFFFD') : '';
    const row: Kept = { status, body, expires_at: new Date(now.getTime() + (usable ? dayMs : shutMs)) };
    await this.db.query(
      `insert into scraper.robots (origin, status, body, fetched_at, expires_at) values ($1, $2, $3, $4, $5)
       on conflict (origin) do update set status = excluded.status, body = excluded.body, fetched_at = excluded.fetched_at, expires_at = excluded.expires_at`,
      [origin, row.status, row.body, now, row.expires_at],
    );
    return 'error' in answer ? { ...row, error: answer.error } : row;
  }

  private robotsOf(origin: string, kept: Kept): Robots {
    const key = `${origin} ${kept.expires_at.getTime()}`;
    const known = this.parsed.get(key);
    if (known !== undefined) return known;
    const robots = parseRobots(kept.body);
    this.parsed.set(key, robots);
    return robots;
  }
}
