import { Inject, Injectable } from '@nestjs/common';
import { type Refusal, type Result, ok, refuse } from '@autobroker/kernel';
import { type Actor, type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { CheckListings, type OfferRef } from './check-listings';
import { checkCron, nextRun } from './cron';
import { Fetchers, type RunRow, Runs, Schedules, type SourceChange, type SourceRow, Sources } from './ports';
import { RequestRuns, type RequestedRuns } from './request-runs';
import { type FetcherName, type Politeness, SourceRegistry } from './source-plugin';
import { sourceKey } from './schedule-keys';
import type { ScrapeFilters } from '@autobroker/contracts';
import { isFinished, type RunKind } from '../domain/run';

export interface Requester {
  readonly actor: Actor;
  readonly from: { readonly ip: string | null; readonly request_id: string | null };
}

export interface SourceWish {
  readonly enabled?: boolean | undefined;
  readonly cron?: string | null | undefined;
  readonly fetcher?: FetcherName | null | undefined;
  readonly politeness?: Partial<Politeness> | undefined;
  readonly paused?: boolean | undefined;
  readonly pausedUntil?: Date | null | undefined;
}

type ChangeRefusal = Refusal<'not_found' | 'precondition_failed' | 'validation_failed'>;

/** Staff pauses without an end are this far away. */
const forEver = new Date('9999-12-31T00:00:00.000Z');

/** What staff set of a source: whether, when and how it is read. */
@Injectable()
export class ChangeSource {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly sources: Sources,
    private readonly schedules: Schedules,
    private readonly registry: SourceRegistry,
  ) {}

  async run(slug: string, expected: number | undefined, wish: SourceWish, by: Requester): Promise<Result<SourceRow, ChangeRefusal>> {
    const plugin = this.registry.find(slug);
    if (plugin === undefined) return refuse('not_found', 'There is no such source.');
    const cron = wish.cron == null ? null : checkCron(wish.cron);
    if (cron?.ok === false) return cron;
    const now = this.db.clock.now();
    await this.sources.ensure([slug], now);
    return this.db.transaction<Result<SourceRow, ChangeRefusal>>(async (tx) => {
      const row = await this.sources.lock(tx, slug);
      if (row === null) return refuse('not_found', 'There is no such source.');
      if (expected !== undefined && row.version !== expected) return refuse('precondition_failed', 'The source has changed since it was read.');
      const change: SourceChange = {
        ...(wish.enabled === undefined ? {} : { enabled: wish.enabled }),
        ...(wish.cron === undefined ? {} : { cron: cron?.value ?? null }),
        ...(wish.fetcher === undefined ? {} : { fetcher: wish.fetcher }),
        ...(wish.politeness === undefined ? {} : { politeness: wish.politeness }),
        ...pauseOf(wish),
      };
      await this.sources.change(tx, slug, change, now, true);
      if (wish.cron !== undefined || wish.enabled !== undefined || isRelease(wish)) await this.reschedule(tx, { ...row, ...change }, plugin.cron, isRelease(wish), now);
      await tx.audit({ actor: by.actor, action: 'source.changed', object: { type: 'source', id: slug }, tenantId: null, before: pick(row, change), after: change, from: by.from });
      return ok({ ...row, ...change, version: row.version + 1, updatedAt: now });
    });
  }

  private async reschedule(tx: Tx, row: SourceRow, usual: string, atOnce: boolean, now: Date): Promise<void> {
    const key = sourceKey(row.slug);
    const before = await this.schedules.find(key);
    const cron = row.cron ?? usual;
    const nextRunAt = atOnce || before === null ? now : nextRun(cron, now);
    await this.schedules.save(tx, { key, source: row.slug, searchId: null, criteria: null, cron, active: row.enabled, nextRunAt, lastRunAt: before?.lastRunAt ?? null }, now);
  }
}

const isRelease = ({ paused, pausedUntil }: SourceWish): boolean => paused === false || (paused === undefined && pausedUntil === null);

function pauseOf({ paused, pausedUntil }: SourceWish): SourceChange {
  if (paused === undefined && pausedUntil === undefined) return {};
  if (paused === false || pausedUntil === null) return { pausedUntil: null, pausedBy: null, pauses: 0 };
  return { pausedUntil: pausedUntil ?? forEver, pausedBy: 'staff' };
}

const pick = (row: SourceRow, change: SourceChange): Record<string, unknown> => Object.fromEntries(Object.keys(change).map((name) => [name, Reflect.get(row, name)]));

type StartRefusal = Refusal<'not_found' | 'source_unavailable' | 'run_in_progress' | 'conflict'>;

/** Runs that staff start, repeat or call off. */
@Injectable()
export class CommandRuns {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly runs: Runs,
    private readonly registry: SourceRegistry,
    private readonly requests: RequestRuns,
    private readonly fetchers: Fetchers,
    private readonly checks: CheckListings,
  ) {}

  async start(slug: string, kind: Extract<RunKind, 'full' | 'incremental' | 'check'>, by: Requester): Promise<Result<RunRow, StartRefusal>> {
    if (this.registry.find(slug) === undefined) return refuse('not_found', 'There is no such source.');
    if ((await this.fetchers.address(slug)) === null) return refuse('source_unavailable', 'The source has no address in this installation.');
    const readable = await this.requests.readable([slug], kind === 'check');
    if (readable.length === 0) return refuse('source_unavailable', 'The source is switched off or paused.');
    if (await this.requests.isBusy(slug)) return refuse('run_in_progress', 'A run of this source is under way.');
    const started = await this.db.transaction(async (tx) => {
      const requested = await this.requests.run(tx, { origin: 'staff', kind, sources: [slug] });
      await this.note(tx, 'run.started', requested.runs[0]?.id ?? requested.jobId, { source: slug, kind }, by);
      return requested;
    });
    return this.first(started);
  }

  async replay(slug: string, id: string, by: Requester): Promise<Result<RunRow, StartRefusal>> {
    const run = await this.runs.find(id);
    if (run === null || run.source !== slug) return refuse('not_found', 'There is no such run.');
    if (!isFinished(run.state)) return refuse('conflict', 'A run is replayed when it has ended.');
    const started = await this.db.transaction(async (tx) => {
      const requested = await this.requests.run(tx, { origin: 'staff', kind: 'replay', sources: [slug], replayOf: run.replayOf ?? id, filters: run.filters, maxResults: run.maxResults });
      await this.note(tx, 'run.replayed', id, { source: slug }, by);
      return requested;
    });
    return this.first(started);
  }

  cancel(slug: string, id: string, by: Requester): Promise<Result<RunRow, StartRefusal>> {
    const now = this.db.clock.now();
    return this.db.transaction<Result<RunRow, StartRefusal>>(async (tx) => {
      const run = await this.runs.lock(tx, id);
      if (run === null || run.source !== slug) return refuse('not_found', 'There is no such run.');
      if (isFinished(run.state)) return refuse('conflict', 'The run has ended already.');
      await this.runs.change(tx, id, { cancelRequested: true }, now);
      await this.note(tx, 'run.cancelled', id, { source: slug }, by);
      tx.afterCommit(() => void this.requests.wake(id));
      return ok({ ...run, cancelRequested: true });
    });
  }

  /** Something is looked for at several sources, now. */
  async scrape(wish: { readonly sources: readonly string[] | null; readonly filters: ScrapeFilters; readonly maxResults: number }, by: Requester): Promise<Result<RequestedRuns, StartRefusal>> {
    const named = wish.sources ?? this.registry.all().map(({ slug }) => slug);
    const unknown = named.find((slug) => this.registry.find(slug) === undefined);
    if (unknown !== undefined) return refuse('not_found', `There is no source ${unknown}.`);
    const sources = await this.requests.readable(named);
    if (sources.length === 0) return refuse('source_unavailable', 'None of the sources can be read now.');
    const requested = await this.db.transaction(async (tx) => {
      const made = await this.requests.run(tx, { origin: 'staff', kind: 'query', sources, filters: wish.filters, maxResults: wish.maxResults });
      await this.note(tx, 'scrape_job.started', made.jobId, { sources, filters: wish.filters }, by);
      return made;
    });
    return ok(requested);
  }

  /** Whether these offers still stand, and at what price, now. */
  async check(offers: readonly OfferRef[], by: Requester): Promise<Result<RequestedRuns, StartRefusal>> {
    const unknown = offers.find(({ source }) => this.registry.find(source) === undefined);
    if (unknown !== undefined) return refuse('not_found', `There is no source ${unknown.source}.`);
    if ((await this.requests.readable(offers.map(({ source }) => source))).length === 0) return refuse('source_unavailable', 'None of the sources can be read now.');
    const requested = await this.db.transaction(async (tx) => {
      const made = await this.checks.run(tx, { origin: 'staff', offers });
      await this.note(tx, 'scrape_job.started', made.jobId, { checks: offers }, by);
      return made;
    });
    return ok(requested);
  }

  private async first(requested: RequestedRuns): Promise<Result<RunRow, StartRefusal>> {
    const [started] = requested.runs;
    const run = started === undefined ? null : await this.runs.find(started.id);
    return run === null ? refuse('run_in_progress', 'A run of this source is under way.') : ok(run);
  }

  private async note(tx: Tx, action: string, id: string, after: Record<string, unknown>, by: Requester): Promise<void> {
    await tx.audit({ actor: by.actor, action, object: { type: action.split('.')[0] ?? 'run', id }, tenantId: null, after, from: by.from });
  }
}
