import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { metrics } from '@autobroker/platform/telemetry';
import { needsDetail, noveltyOf, stopAfter } from '../domain/listing';
import { isOurs, retryAfter } from '../domain/retry';
import { add, type ErrorClass } from '../domain/run';
import { scraperConfig, type ScraperConfig } from './config';
import { contentHash, plus, vitals } from './listing-facts';
import { type CaptureRow, Captures, type FetchFailure, type FetchOutcome, Frontier, type FrontierRow, KnownListings, type NewFrontier, PageMemory, PageReading, Runs, Sources } from './ports';
import { contradicts } from './query-filter';
import { requestKey } from './request-key';
import type { ListReading, ListStep, ReadListing, SourcePlugin } from './source-plugin';
import { LeaseLostError, type Turn } from './turn';

const pages = metrics.counter({ name: 'scraper_pages_total', help: 'Pages asked for, by source, kind and what came of it', labels: ['source', 'kind', 'outcome'] });

/** Not the source's doing: they say nothing about its health and are no failure of the run. */
const silent: ReadonlySet<ErrorClass> = new Set<ErrorClass>(['not_captured']);

/** Where the pages of a run lead to: further pages, listings, or a failure that is remembered. */
@Injectable()
export class PageLedger {
  constructor(
    @Inject(databaseOf('scraper')) readonly db: Database,
    readonly runs: Runs,
    readonly frontier: Frontier,
    readonly captures: Captures,
    readonly memory: PageMemory,
    private readonly sources: Sources,
  ) {}

  /** Runs `work` on the locked run, if it still is this worker's. */
  inRun<T>(turn: Turn, work: (tx: Tx, run: Turn['run']) => Promise<T>): Promise<T> {
    return this.db.transaction(async (tx) => {
      const run = await this.runs.lockMine(tx, turn.run.id, turn.worker);
      if (run === null) throw new LeaseLostError();
      return work(tx, run);
    });
  }

  async failed(turn: Turn, row: FrontierRow, failure: FetchFailure, capture: CaptureRow | null = null): Promise<void> {
    const { error } = failure;
    const now = this.db.clock.now();
    pages.inc({ source: turn.plugin.slug, kind: row.kind, outcome: error });
    if (!silent.has(error) && !isOurs(error)) await this.sources.countError(turn.plugin.slug, error, now);
    const verdict = retryAfter(error, row.attempts + 1, failure.retryAfterMs, Math.random());
    await this.inRun(turn, async (tx, run) => {
      if (capture !== null) await this.captures.record(tx, [capture]);
      if (verdict.again) return this.frontier.putOff(tx, row.id, error, verdict.afterMs);
      const item = row.payload.for === 'item' ? row.payload : null;
      // Better what the list said than nothing; a page of which only the address is known is lost for this run.
      if (item !== null && item.bare !== true) await this.frontier.fallBack(tx, row.id, error);
      else await this.frontier.settle(tx, [row.id], { state: 'failed', error });
      await this.runs.change(
        tx,
        run.id,
        {
          ...(silent.has(error) ? {} : { counts: add(run.counts, { failed: error }), problem: `${error}: ${failure.detail}`.slice(0, 300) }),
          ...(row.kind === 'list' ? { listComplete: false } : {}),
        },
        now,
      );
    });
  }

  read(turn: Turn, row: FrontierRow): void {
    this.readMany(turn, row.kind, 1);
  }

  readMany(turn: Turn, kind: FrontierRow['kind'], count: number): void {
    pages.inc({ source: turn.plugin.slug, kind, outcome: 'read' }, count);
  }
}

export const listKey = (plugin: SourcePlugin, step: ListStep, filters: Turn['run']['filters']): string => `list:${requestKey(plugin.listRequest(step, filters))}`;

export const listRow = (plugin: SourcePlugin, step: ListStep, filters: Turn['run']['filters']): NewFrontier => ({
  key: listKey(plugin, step, filters),
  kind: 'list',
  url: plugin.listRequest(step, filters).path,
  externalId: null,
  payload: { for: 'list', step },
});

interface Judged {
  readonly row: NewFrontier;
  readonly novelty: 'new' | 'changed' | 'unchanged';
  /** Known, unchanged, and the list has no more than its address: there is nothing to tell. */
  readonly quiet: boolean;
}

/** Reads one page of a list. */
@Injectable()
export class ReadLists {
  constructor(
    private readonly ledger: PageLedger,
    private readonly known: KnownListings,
    private readonly reading: PageReading,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {}

  async run(turn: Turn, row: FrontierRow, step: ListStep, outcome: FetchOutcome): Promise<void> {
    const { plugin, run } = turn;
    if (!outcome.ok) return this.ledger.failed(turn, row, outcome);
    const request = plugin.listRequest(step, run.filters);
    if (outcome.notModified) return this.nothingNew(turn, row);
    const { page } = outcome;
    const keep = (): Promise<CaptureRow> =>
      this.ledger.captures.keep(page, { runId: run.id, source: plugin.slug, requestKey: requestKey(request), kind: 'list', externalId: null });
    if (page.status >= 400) return this.ledger.failed(turn, row, { ok: false, error: 'client_error', detail: `answered ${page.status}`, retryAfterMs: null });
    const reading = await this.reading.list(plugin, page, step);
    const capture = run.kind === 'replay' ? null : await keep();
    if (reading.kind !== 'list') return this.ledger.failed(turn, row, { ok: false, error: reading.kind, detail: reading.reasons.join(', '), retryAfterMs: null }, capture);
    const judged = await this.judge(turn, reading);
    await this.ledger.inRun(turn, async (tx, now) => {
      if ((await this.ledger.frontier.settle(tx, [row.id], { state: 'done', captureIds: [capture?.id ?? null] })) !== 1) throw new LeaseLostError();
      if (capture !== null) await this.ledger.captures.record(tx, [capture]);
      if (plugin.conditional) await this.ledger.memory.remember(tx, plugin.slug, [{ requestKey: requestKey(request), validators: outcome.validators }], this.ledger.db.clock.now());
      await this.follow(tx, turn, now, step, reading, judged);
    });
    this.ledger.read(turn, row);
  }

  private async nothingNew(turn: Turn, row: FrontierRow): Promise<void> {
    await this.ledger.inRun(turn, (tx) => this.ledger.frontier.settle(tx, [row.id], { state: 'done' }));
    this.ledger.read(turn, row);
  }

  private async judge(turn: Turn, reading: Extract<ListReading, { kind: 'list' }>): Promise<Judged[]> {
    const { plugin, run } = turn;
    const links = reading.links ?? [];
    const known = await this.known.find(plugin.slug, [...reading.listings.map(({ externalId }) => externalId), ...links.map(({ externalId }) => externalId)]);
    const now = this.ledger.db.clock.now();
    const judgedOf = (listing: ReadListing, hash: string, bare: boolean): Judged => {
      const before = known.get(listing.externalId);
      const novelty = noveltyOf(before, hash);
      // A probe looks at pages as well: they may be what was wrong.
      const wanted = run.kind === 'replay' || run.kind === 'check' || (bare ? novelty !== 'unchanged' : needsDetail(novelty, before, now, this.config.detailRefreshDays));
      const detail = wanted && plugin.detailRequest(listing) !== null;
      return {
        novelty,
        quiet: bare && !detail,
        row: {
          key: `item:${listing.externalId}`,
          kind: detail ? 'detail' : 'emit',
          url: listing.url,
          externalId: listing.externalId,
          payload: { for: 'item', summary: { url: listing.url, fields: listing.fields, ...(listing.hints === undefined ? {} : { hints: listing.hints }) }, hash, novelty, ...(bare ? { bare: true } : {}) },
        },
      };
    };
    const wished = (listing: ReadListing): boolean => !isAsked(run) || !contradicts(listing.fields, run.filters, plugin, listing.hints);
    const listings = reading.listings.filter((listing) => isId(listing.externalId) && wished(listing)).map((listing) => judgedOf(listing, contentHash(listing.fields), false));
    const bare = links
      .filter(({ externalId }) => isId(externalId))
      .map((link) => judgedOf({ externalId: link.externalId, url: link.url, fields: {} }, `changed:${link.changed ?? '?'}`, true));
    return [...new Map([...listings, ...bare].map((one) => [one.row.key, one])).values()];
  }

  private async follow(tx: Tx, turn: Turn, run: Turn['run'], step: ListStep, reading: Extract<ListReading, { kind: 'list' }>, all: readonly Judged[]): Promise<void> {
    const { plugin } = turn;
    const { frontier, runs, db } = this.ledger;
    const room = run.maxResults === null ? all.length : Math.max(0, run.maxResults - run.counts.found);
    const judged = all.slice(0, run.kind === 'check' ? Math.min(5, room) : room);
    const added = await frontier.add(tx, run.id, judged.map(({ row }) => row));
    const fresh = judged.filter(({ row }) => added.has(row.key));
    await this.sawQuietly(tx, run.id, plugin.slug, fresh.filter(({ quiet }) => quiet));
    const news = fresh.filter(({ novelty }) => novelty !== 'unchanged').length;
    const stale = fresh.length === 0 ? (step.stale ?? 0) + 1 : 0;
    const stop = stopAfter({ kind: run.kind, fresh: fresh.length, stale, items: reading.listings.length + (reading.links?.length ?? 0), news, foundBefore: run.counts.found, maxResults: run.maxResults });
    const further: ListStep[] = [...(run.kind === 'check' ? (reading.lists ?? []).slice(0, 1) : (reading.lists ?? []))];
    let listComplete = run.listComplete;
    const next = plugin.nextStep(step, reading);
    if (next.capped && (run.kind === 'full' || run.kind === 'replay')) {
      const parts = plugin.divide(step.slice);
      if (parts.length === 0) listComplete = false;
      further.push(...parts.map((slice) => ({ page: 1, slice })));
    } else if (stop === null && next.step !== null) further.push({ ...next.step, ...(stale > 0 ? { stale } : {}) });
    await frontier.add(tx, run.id, further.map((one) => listRow(plugin, one, run.filters)));
    // A probe judges the whole page, though it follows a handful.
    const read = (run.kind === 'check' ? all : fresh).flatMap(({ row }) => (row.payload.for === 'item' && row.payload.bare !== true ? [row.payload.summary.fields] : []));
    const count = (novelty: Judged['novelty']): number => fresh.filter((one) => one.novelty === novelty).length;
    await runs.change(
      tx,
      run.id,
      { counts: add(run.counts, { found: fresh.length, new: count('new'), changed: count('changed'), unchanged: count('unchanged') }), fields: read.reduce((sum, fields) => plus(sum, vitals('summary', fields)), run.fields), listComplete },
      db.clock.now(),
    );
  }

  private async sawQuietly(tx: Tx, runId: string, source: string, quiet: readonly Judged[]): Promise<void> {
    if (quiet.length === 0) return;
    const ids = quiet.flatMap(({ row }) => row.externalId ?? []);
    await this.known.stillThere(tx, source, ids, this.ledger.db.clock.now());
    await this.ledger.frontier.settleByKey(tx, runId, quiet.map(({ row }) => row.key));
  }
}

/** A run that looks for something: its source may have misunderstood. */
export const isAsked = ({ kind }: Turn['run']): boolean => kind === 'query' || kind === 'search';

/** As long as the contract allows, and no more than a name. */
const isId = (id: string): boolean => id.length > 0 && id.length <= 120 && !/\p{Cc}/u.test(id);
