import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CapturedFields } from '@autobroker/contracts';
import { platformTables } from '@autobroker/platform/database';
import { loadConfig } from '@autobroker/platform/config';
import { FileObjectStore, ObjectLinks } from '@autobroker/platform/storage';
import { recordJobs, testDatabase } from '@autobroker/platform/testing';
import { DailyBudgets } from '@autobroker/platform/vendors';
import { CpuPool } from '@autobroker/platform/workers';
import { scraperConfig, type ScraperConfig } from './application/config';
import { CheckListings } from './application/check-listings';
import { EmitListings } from './application/emit-listings';
import { FinishRun } from './application/finish-run';
import { JudgeHealth } from './application/judge-health';
import { type Backlog, type Fetchers, ImageHashes } from './application/ports';
import { ReadChecks } from './application/read-checks';
import { ReadDetails } from './application/read-details';
import { PageLedger, ReadLists } from './application/read-pages';
import { RequestRuns } from './application/request-runs';
import { SourceRegistry, type FetchedPage, type ListReading, type SourcePlugin } from './application/source-plugin';
import { PageReaders, StepRun } from './application/step-run';
import { SweepSchedules } from './application/sweep-schedules';
import { TurnHelpers, WorkRun } from './application/work-run';
import { scraperEntities } from './infrastructure/entities';
import { DirectFetcher } from './infrastructure/fetch/direct-fetcher';
import { AllFetchers } from './infrastructure/fetch/fetchers';
import { FirecrawlFetcher } from './infrastructure/fetch/firecrawl-fetcher';
import { SqlHostWindows } from './infrastructure/fetch/host-window';
import { ReplayFetcher } from './infrastructure/fetch/replay-fetcher';
import { RobotsGate } from './infrastructure/fetch/robots-gate';
import { SignIns } from './infrastructure/fetch/sign-ins';
import { SourceAddresses } from './infrastructure/fetch/source-addresses';
import { Allowance, Ways } from './infrastructure/fetch/ways';
import { PooledPageReading } from './infrastructure/reading/page-reading';
import { scraperMigrations } from './infrastructure/migrations';
import { type SourceAddressConfig, sourceAddressConfig } from './infrastructure/sources/addresses';
import { StoredCaptures } from './infrastructure/stores/capture-store';
import { SqlFrontier } from './infrastructure/stores/frontier-store';
import { SqlKnownListings, SqlPageMemory } from './infrastructure/stores/known-store';
import { SqlRuns } from './infrastructure/stores/run-store';
import { OutboxBacklog, SqlSchedules } from './infrastructure/stores/small-stores';
import { SqlSources } from './infrastructure/stores/source-store';

/** For specs: the service wired by hand on a database of its own, and a site on this machine that it reads. */
export const scraperSchema = { name: 'scraper', entities: scraperEntities, migrations: [...platformTables('scraper'), ...scraperMigrations] };

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

/** A real HTTP server whose answers the spec decides while it runs. */
export class Site {
  readonly requests: string[] = [];
  answer: Answer = (_request, response) => response.writeHead(404).end();
  robots: Answer = (_request, response) => response.writeHead(404).end();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Site> {
    const server = createServer();
    const site = new Site(server);
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', 'http://site');
      if (url.pathname === '/robots.txt') return site.robots(request, response, url);
      site.requests.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
      site.answer(request, response, url);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  get url(): string {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

export interface Car {
  readonly id: string;
  readonly price: number;
  readonly sold?: boolean;
}

const field = (value: string) => ({ value, from: 'api' as const, confidence: 1 });
export const fieldsOf = (car: Car): CapturedFields => ({ title: field(`Golf ${car.id}`), price: field(String(car.price)), year: field('2020') });

const perPage = 10;

/** A site that sells cars in JSON: `/list?page=` newest first, `/car/<id>`. */
export class CarLot {
  cars: Car[] = [];
  /** Says no to a path before it is answered. */
  trouble: (path: string) => number | null = () => null;

  constructor(private readonly site: Site) {
    site.answer = (_request, response, url) => {
      const status = this.trouble(url.pathname + url.search);
      const json = (code: number, body: unknown): void => void response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (status !== null) return json(status, { error: status });
      if (url.pathname === '/list') {
        const page = Number(url.searchParams.get('page'));
        const on = this.cars.filter((car) => car.sold !== true);
        return json(200, { cars: on.slice((page - 1) * perPage, page * perPage), pages: Math.ceil(on.length / perPage) });
      }
      const car = this.cars.find(({ id }) => url.pathname === `/car/${id}`);
      if (car === undefined) return json(404, {});
      return json(200, car);
    };
  }

  countOf(prefix: string): number {
    return this.site.requests.filter((request) => request.startsWith(`GET ${prefix}`)).length;
  }
}

/** How that site is read. It goes by a real source's name, because addresses are configured by name. */
export const carLotPlugin = (slug = 'copart'): SourcePlugin => ({
  slug,
  name: 'Car lot',
  kind: 'marketplace',
  country: 'DE',
  currency: 'EUR',
  unit: 'km',
  locale: 'de-DE',
  home: 'https://cars.example',
  origins: [],
  fetcher: 'direct',
  obeysRobots: true,
  politeness: { perMinute: 100_000, delayMs: { minMs: 0, maxMs: 0 }, parallel: 3, perDay: 100_000 },
  cron: '0 */6 * * *',
  signIn: null,
  conditional: false,
  carries: { summary: ['title_or_make', 'price', 'year'], detail: ['title_or_make', 'price', 'year'] },
  firstSteps: () => [{ page: 1 }],
  listRequest: (step) => ({ method: 'GET', path: `/list?page=${step.page}` }),
  readList: (page) => readCars(page),
  nextStep: (step, reading) => ({ step: reading.kind === 'list' && reading.listings.length === perPage ? { page: step.page + 1 } : null, capped: false }),
  divide: () => [],
  detailRequest: ({ externalId }) => ({ method: 'GET', path: `/car/${externalId}` }),
  readDetail: (page, externalId) => {
    if (page.status === 404) return { kind: 'gone', status: 'removed' };
    const car = JSON.parse(page.body.toString()) as Car;
    if (car.sold === true) return { kind: 'gone', status: 'sold' };
    return { kind: 'listing', status: 'active', listing: { externalId, url: null, fields: { ...fieldsOf(car), description: field('A car. Call 0171 2345678.') } } };
  },
});

function readCars(page: FetchedPage): ListReading {
  try {
    const { cars } = JSON.parse(page.body.toString()) as { cars: Car[] };
    return { kind: 'list', listings: cars.map((car) => ({ externalId: car.id, url: new URL(`/car/${car.id}`, page.url).href, fields: fieldsOf(car) })) };
  } catch {
    return { kind: 'unreadable', reasons: ['json'] };
  }
}

class Registry extends SourceRegistry {
  constructor(private readonly plugins: readonly SourcePlugin[]) {
    super();
  }
  override all(): readonly SourcePlugin[] {
    return this.plugins;
  }
  override find(slug: string): SourcePlugin | undefined {
    return this.plugins.find((plugin) => plugin.slug === slug);
  }
}

class NoPictures extends ImageHashes {
  override of(): Promise<string | null> {
    return Promise.resolve(null);
  }
}

export type Bench = Awaited<ReturnType<typeof scraperBench>>;

export async function scraperBench(options: { readonly plugins?: readonly SourcePlugin[]; readonly config?: Partial<ScraperConfig>; readonly addresses?: Partial<SourceAddressConfig>; readonly backlog?: Backlog; readonly pictures?: (fetcher: DirectFetcher) => ImageHashes } = {}) {
  const database = await testDatabase({ services: [scraperSchema] });
  const folder = await mkdtemp(join(tmpdir(), 'autobroker-scraper-'));
  const db = database.of('scraper');
  const config: ScraperConfig = { ...loadConfig(scraperConfig, {}), minPerDay: 0, ...options.config };
  const addresses: SourceAddressConfig = { ...loadConfig(sourceAddressConfig, {}), ...options.addresses };
  const objects = new FileObjectStore(folder, new ObjectLinks('a secret of specs', 'http://localhost/api/v1'));
  const jobs = recordJobs();
  const registry = new Registry(options.plugins ?? [carLotPlugin()]);
  const sources = new SqlSources(db);
  const runs = new SqlRuns(db);
  const frontier = new SqlFrontier(db);
  const known = new SqlKnownListings(db);
  const captures = new StoredCaptures(db, objects, config);
  const memory = new SqlPageMemory(db);
  const schedules = new SqlSchedules(db);
  const where = new SourceAddresses(config, addresses);
  const allowance = new Allowance(new SqlHostWindows(db), new DailyBudgets(db), config);
  const ways = new Ways(config);
  const robots = new RobotsGate(db, config);
  const direct = new DirectFetcher(where, robots, allowance, ways, new SignIns(config), config);
  const fetchers: Fetchers = new AllFetchers(direct, new FirecrawlFetcher(where, allowance, config), new ReplayFetcher(captures), where);
  const ledger = new PageLedger(db, runs, frontier, captures, memory, sources);
  const cpu = new CpuPool();
  const reading = new PooledPageReading(cpu);
  const emit = new EmitListings(db, runs, frontier, known, captures, memory);
  const details = new ReadDetails(ledger, emit, known, options.pictures?.(direct) ?? new NoPictures(), reading, config);
  const checks = new ReadChecks(ledger, emit, known, reading);
  const lists = new ReadLists(ledger, known, reading, config);
  const health = new JudgeHealth(db, sources, schedules, fetchers, registry, config);
  const requests = new RequestRuns(db, runs, sources, registry, fetchers, jobs);
  const backlog = options.backlog ?? new OutboxBacklog(db);
  /** A worker process, as far as runs know one. */
  const worker = (ownFetchers: Fetchers = fetchers): WorkRun => {
    const step = new StepRun(ledger, new PageReaders(registry, lists, details, checks), known, sources, ownFetchers);
    return new WorkRun(db, runs, step, new FinishRun(db, runs, frontier, sources, health), new TurnHelpers(jobs, backlog, schedules, config), config);
  };
  await sources.ensure(registry.all().map(({ slug }) => slug), database.clock.now());
  return {
    database,
    db,
    clock: database.clock,
    config,
    registry,
    jobs,
    sources,
    runs,
    frontier,
    known,
    captures,
    schedules,
    objects,
    direct,
    allowance,
    robots,
    fetchers,
    requests,
    checks: new CheckListings(db, requests, frontier, known),
    health,
    ways,
    worker,
    sweep: new SweepSchedules(db, schedules, sources, registry, requests, config),
    /** Starts a run and gives its id. */
    start: async (request: Parameters<RequestRuns['run']>[1]): Promise<string> => {
      const { runs: started } = await db.transaction((tx) => requests.run(tx, request));
      return started[0]?.id ?? '';
    },
    close: async () => {
      await ways.onApplicationShutdown();
      await cpu.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
