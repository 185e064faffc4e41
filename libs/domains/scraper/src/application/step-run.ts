import { Injectable } from '@nestjs/common';
import { missingCounts } from '../domain/listing';
import type { Emission } from './emit-listings';
import { Fetchers, type FetchOutcome, type FrontierRow, KnownListings, type RunRow, Sources } from './ports';
import { listRow, PageLedger, ReadLists } from './read-pages';
import { ReadChecks } from './read-checks';
import { ReadDetails } from './read-details';
import { requestKey } from './request-key';
import { type PageRequest, type Politeness, type SourcePlugin, SourceRegistry } from './source-plugin';
import type { Turn } from './turn';

const emitBatch = 100;
const toldTogether = 4;
const mostChecks = 5_000;

/** What pages are read with. */
@Injectable()
export class PageReaders {
  constructor(
    readonly registry: SourceRegistry,
    readonly lists: ReadLists,
    readonly details: ReadDetails,
    readonly checks: ReadChecks,
  ) {}
}

/** The steps of a run: plan it, do what can be done now, find out what is missing. */
@Injectable()
export class StepRun {
  constructor(
    private readonly ledger: PageLedger,
    private readonly readers: PageReaders,
    private readonly known: KnownListings,
    private readonly sources: Sources,
    private readonly fetchers: Fetchers,
  ) {}

  async open(run: RunRow, worker: string, signal: AbortSignal): Promise<{ readonly turn: Turn } | { readonly skipped: string }> {
    const plugin = this.readers.registry.find(run.source);
    const row = await this.sources.find(run.source);
    if (plugin === undefined) return { skipped: 'there is no such source in this version' };
    const replay = run.kind === 'replay';
    if (!replay) {
      if (row?.enabled === false) return { skipped: 'the source is switched off' };
      const now = this.ledger.db.clock.now();
      const paused = row?.pausedUntil != null && row.pausedUntil.getTime() > now.getTime();
      if (paused && run.kind !== 'check') return { skipped: 'the source is paused' };
      if ((await this.fetchers.address(run.source)) === null) return { skipped: 'the source has no address here' };
    }
    const politeness = politenessOf(plugin.politeness, row?.politeness ?? {}, await this.fetchers.isSandbox(run.source));
    const fetcher = this.fetchers.of(replay ? 'replay' : (row?.fetcher ?? plugin.fetcher));
    const context = { plugin, politeness, runId: run.id, replayOf: run.replayOf, session: `${run.id}.${run.attempt}`, signal };
    return { turn: { run, worker, plugin, fetcher, context } };
  }

  async plan(turn: Turn): Promise<void> {
    const { plugin, run } = turn;
    await this.ledger.inRun(turn, async (tx, now) => {
      if (now.planned) return;
      // Single offers have pages of their own, or none: then their list is read.
      const steps = run.kind === 'verify' && hasPages(plugin) ? [] : plugin.firstSteps(run.filters);
      await this.ledger.frontier.add(tx, run.id, steps.map((step) => listRow(plugin, step, run.filters)));
      await this.ledger.runs.change(tx, run.id, { planned: true }, this.ledger.db.clock.now());
    });
  }

  /** 0 when something was done, else how long until something can be; null when nothing waits any more. */
  async step(turn: Turn): Promise<number | null> {
    const { frontier } = this.ledger;
    const { id } = turn.run;
    const told = await frontier.ready(id, ['emit'], emitBatch);
    if (told.length > 0) {
      await this.readers.details.summaries(turn, told);
      return 0;
    }
    const { parallel, delayMs } = turn.context.politeness;
    const lists = await frontier.ready(id, ['list'], parallel);
    // Pages that come one after the other without a pause are told together.
    const some = Math.max(turn.fetcher.batch, delayMs.maxMs === 0 ? parallel * toldTogether : parallel);
    const rows = lists.length > 0 ? lists : await frontier.ready(id, ['detail', 'check'], some);
    if (rows.length === 0) return frontier.nextReadyInMs(id);
    const emissions: Emission[] = [];
    try {
      if (turn.fetcher.batch > 1) await this.together(turn, rows, emissions);
      else await settledAll(rows, parallel, (row) => this.together(turn, [row], emissions));
    } finally {
      // What was read is told, whatever became of the others.
      if (emissions.length > 0) await this.readers.details.tell(turn, emissions);
    }
    return 0;
  }

  private async together(turn: Turn, rows: readonly FrontierRow[], emissions: Emission[]): Promise<void> {
    const asked = rows.map((row) => ({ row, request: this.requestOf(turn, row) }));
    const fetched = asked.filter((one): one is { row: FrontierRow; request: PageRequest } => one.request !== null);
    const jobs = await Promise.all(fetched.map(async ({ row, request }) => ({ request, validators: await this.validatorsOf(turn, row, request) })));
    const outcomes = jobs.length === 0 ? [] : await turn.fetcher.fetch(jobs, turn.context);
    for (const { row, request } of asked) {
      const at = fetched.findIndex((one) => one.row === row);
      const emission = await this.settle(turn, row, request === null ? null : (outcomes[at] ?? null));
      if (emission !== null) emissions.push(emission);
    }
  }

  private async settle(turn: Turn, row: FrontierRow, outcome: FetchOutcome | null): Promise<Emission | null> {
    const { lists, details, checks } = this.readers;
    const given: FetchOutcome = outcome ?? { ok: false, error: 'unreadable', detail: 'there is no address to ask at', retryAfterMs: null };
    const { payload } = row;
    if (row.kind === 'check') await checks.page(turn, row, outcome);
    else if (payload.for !== 'list') return details.detail(turn, row, given);
    else if (turn.run.kind === 'verify') await checks.list(turn, row, payload.step, given);
    else await lists.run(turn, row, payload.step, given);
    return null;
  }

  private requestOf({ plugin, run }: Turn, row: FrontierRow): PageRequest | null {
    if (row.payload.for === 'list') return plugin.listRequest(row.payload.step, run.filters);
    return row.externalId === null ? null : plugin.detailRequest({ externalId: row.externalId, url: row.url });
  }

  /** Only where "as before" is all we want to know: a whole list must name what is on it. */
  private validatorsOf({ plugin, run }: Turn, row: FrontierRow, request: PageRequest) {
    if (!plugin.conditional || run.kind === 'replay') return null;
    const refresh = row.payload.for === 'item' && row.payload.novelty === 'unchanged';
    const sameList = row.payload.for === 'list' && run.kind === 'incremental';
    // Whoever asks wants to know what the page says now.
    const missing = row.payload.for === 'check' && row.payload.asked !== true;
    return refresh || sameList || missing ? this.ledger.memory.find(plugin.slug, requestKey(request)) : null;
  }

  /** After a whole list: what it no longer names is looked at. True when there is something to look at. */
  async planChecks(turn: Turn): Promise<boolean> {
    if (turn.run.kind !== 'full') return false;
    const { plugin } = turn;
    const knownActive = await this.known.countActive(plugin.slug);
    return this.ledger.inRun(turn, async (tx, run) => {
      if (run.checksPlanned) return false;
      const now = this.ledger.db.clock.now();
      let planned = 0;
      if (missingCounts({ complete: run.listComplete, found: run.counts.found, knownActive, hasPages: hasPages(plugin) })) {
        const missing = await this.known.missing(tx, plugin.slug, run.startedAt ?? run.requestedAt, mostChecks);
        const rows = missing.map(({ externalId, url }) => ({ key: `check:${externalId}`, kind: 'check' as const, url, externalId, payload: { for: 'check' as const } }));
        planned = (await this.ledger.frontier.add(tx, run.id, rows)).size;
      }
      await this.ledger.runs.change(tx, run.id, { checksPlanned: true }, now);
      return planned > 0;
    });
  }
}

const hasPages = (plugin: SourcePlugin): boolean => plugin.detailRequest({ externalId: 'x', url: '/x' }) !== null;

/** All of them to their end, so many at a time: a page that fails must not leave the others half done. */
async function settledAll<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  const line = [...items];
  const hand = async (): Promise<void> => {
    for (let item = line.shift(); item !== undefined && failures.length === 0; item = line.shift()) {
      await work(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, () => hand()));
  if (failures.length > 0) throw failures[0];
}

/** A stand-in needs no rest; what its robots.txt asks for, and its Retry-After, hold for it as well. */
export function politenessOf(own: Politeness, changed: Partial<Politeness>, sandbox: boolean): Politeness {
  const usual = sandbox ? { ...own, perMinute: 60_000, delayMs: { minMs: 0, maxMs: 0 }, parallel: Math.max(4, own.parallel), perDay: 1_000_000 } : own;
  return { ...usual, ...changed };
}
