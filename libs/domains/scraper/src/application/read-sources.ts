import { Inject, Injectable } from '@nestjs/common';
import type { CurrencyCode } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { apiBudgets } from '@autobroker/platform/vendors';
import { scraperConfig, type ScraperConfig } from './config';
import { Captures, type CaptureRow, Fetchers, Frontier, type JobRow, KnownListings, type Progress, type RunRow, Runs, type ScheduleRow, Schedules, type SourceRow, Sources, Usage } from './ports';
import { type FetchedPage, type Politeness, type SourcePlugin, SourceRegistry } from './source-plugin';
import { politenessOf } from './step-run';
import { sourceKey } from './schedule-keys';

export interface SourceView {
  readonly plugin: SourcePlugin;
  readonly row: SourceRow;
  readonly address: string | null;
  readonly sandbox: boolean;
  readonly politeness: Politeness;
  readonly schedule: ScheduleRow | null;
  readonly known: number;
  readonly lastRuns: readonly RunRow[];
}

export interface BudgetView {
  readonly scope: string;
  readonly requests: { readonly used: number; readonly limit: number };
  readonly cost: { readonly amount: number; readonly limit: number | null; readonly currency: CurrencyCode };
}

const shownRuns = 5;

/** What is counted. */
@Injectable()
export class Counters {
  constructor(
    readonly known: KnownListings,
    readonly usage: Usage,
  ) {}
}

/** Where everything is kept. */
@Injectable()
export class Shelves {
  constructor(
    readonly sources: Sources,
    readonly runs: Runs,
    readonly frontier: Frontier,
    readonly captures: Captures,
    readonly schedules: Schedules,
    private readonly counters: Counters,
  ) {}

  get known(): KnownListings {
    return this.counters.known;
  }

  get usage(): Usage {
    return this.counters.usage;
  }
}

/** Sources, runs and captures for whoever looks at them. */
@Injectable()
export class ReadSources {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly registry: SourceRegistry,
    private readonly fetchers: Fetchers,
    private readonly shelves: Shelves,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {}

  async all(): Promise<SourceView[]> {
    const rows = await this.shelves.sources.all();
    const views: SourceView[] = [];
    for (const plugin of this.registry.all()) {
      const row = rows.find(({ slug }) => slug === plugin.slug) ?? fresh(plugin.slug, this.db.clock.now());
      views.push(await this.view(plugin, row));
    }
    return views;
  }

  async one(slug: string): Promise<SourceView | null> {
    const plugin = this.registry.find(slug);
    if (plugin === undefined) return null;
    return this.view(plugin, (await this.shelves.sources.find(slug)) ?? fresh(slug, this.db.clock.now()));
  }

  async budgets(slug: string): Promise<BudgetView[] | null> {
    const view = await this.one(slug);
    if (view === null) return null;
    const apis = apiBudgets(this.config);
    const names = [...apis.keys()].filter((name) => name === slug || name === (view.row.fetcher ?? view.plugin.fetcher));
    const scopes = [`source:${slug}`, ...names.map((name) => `api:${name}`)];
    const used = new Map((await this.shelves.usage.today(scopes, this.db.clock.now())).map((row) => [row.scope, row]));
    return scopes.map((scope) => {
      const row = used.get(scope);
      const api = apis.get(scope.slice(scope.indexOf(':') + 1));
      const paid = scope.startsWith('api:') ? api : undefined;
      return {
        scope,
        requests: { used: row?.used ?? 0, limit: paid?.requests ?? view.politeness.perDay },
        cost: { amount: row?.cost ?? 0, limit: paid?.costPerDay ?? null, currency: paid?.currency ?? 'USD' },
      };
    });
  }

  async runs(slug: string, page: { readonly limit: number; readonly offset: number }) {
    return this.registry.find(slug) === undefined ? null : this.shelves.runs.list(slug, page);
  }

  async run(slug: string, id: string): Promise<{ readonly run: RunRow; readonly progress: Progress } | null> {
    const run = await this.shelves.runs.find(id);
    if (run === null || run.source !== slug) return null;
    return { run, progress: await this.shelves.frontier.progress(id) };
  }

  async job(id: string): Promise<{ readonly job: JobRow; readonly runs: RunRow[] } | null> {
    const job = await this.shelves.runs.job(id);
    return job === null ? null : { job, runs: await this.shelves.runs.ofJob(id) };
  }

  async capture(slug: string, id: string): Promise<{ readonly row: CaptureRow; readonly page: FetchedPage } | null> {
    const row = await this.shelves.captures.find(id);
    if (row === null || row.source !== slug) return null;
    const page = await this.shelves.captures.read(row);
    return page === null ? null : { row, page };
  }

  private async view(plugin: SourcePlugin, row: SourceRow): Promise<SourceView> {
    const sandbox = await this.fetchers.isSandbox(plugin.slug);
    const { rows } = await this.shelves.runs.list(plugin.slug, { limit: shownRuns, offset: 0 });
    return {
      plugin,
      row,
      address: await this.fetchers.address(plugin.slug),
      sandbox,
      politeness: politenessOf(plugin.politeness, row.politeness, sandbox),
      schedule: await this.shelves.schedules.find(sourceKey(plugin.slug)),
      known: await this.shelves.known.countActive(plugin.slug),
      lastRuns: rows,
    };
  }
}

const fresh = (slug: string, now: Date): SourceRow => ({
  slug,
  version: 1,
  enabled: true,
  cron: null,
  fetcher: null,
  politeness: {},
  health: 'unknown',
  healthReasons: [],
  healthSince: null,
  pausedUntil: null,
  pausedBy: null,
  pauses: 0,
  lastRunAt: null,
  lastFullRunAt: null,
  lastSuccessAt: null,
  updatedAt: now,
});
