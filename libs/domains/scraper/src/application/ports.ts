import type { CapturedFields, ScrapeFilters, SearchCriteria } from '@autobroker/contracts';
import type { ListingStatus } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import type { DailyUse } from '@autobroker/platform/vendors';
import type { DegradationReason, RunFacts } from '../domain/health';
import type { ErrorClass, RunCounts, RunKind, RunState } from '../domain/run';
import type { Known } from '../domain/listing';
import type { DetailReading, FetchedPage, FetcherName, ListingHints, ListReading, ListStep, PageRequest, Politeness, SourcePlugin } from './source-plugin';

/** A source as it is set here. */
export interface SourceRow {
  readonly slug: string;
  readonly version: number;
  readonly enabled: boolean;
  readonly cron: string | null;
  readonly fetcher: FetcherName | null;
  readonly politeness: Partial<Politeness>;
  readonly health: 'unknown' | 'healthy' | 'degraded';
  readonly healthReasons: readonly DegradationReason[];
  readonly healthSince: Date | null;
  readonly pausedUntil: Date | null;
  readonly pausedBy: 'health' | 'staff' | null;
  readonly pauses: number;
  readonly lastRunAt: Date | null;
  readonly lastFullRunAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly updatedAt: Date;
}

export type SourceChange = Partial<Omit<SourceRow, 'slug' | 'version' | 'updatedAt'>>;

export abstract class Sources {
  /** Rows for sources that are new to this installation. */
  abstract ensure(slugs: readonly string[], now: Date): Promise<void>;
  abstract all(): Promise<SourceRow[]>;
  abstract find(slug: string): Promise<SourceRow | null>;
  /** Until the transaction ends nobody else changes it. */
  abstract lock(tx: Tx, slug: string): Promise<SourceRow | null>;
  /** Counts the version on when `seen` (what a person would notice) says so. */
  abstract change(tx: Tx, slug: string, change: SourceChange, now: Date, seen: boolean): Promise<void>;
  abstract facts(slug: string, now: Date): Promise<{ readonly errorsLastHour: Partial<Record<ErrorClass, number>>; /** Null when no list was read to its end in it. */ readonly seenLastDay: number | null; readonly firstRunAt: Date | null; readonly runs: RunFacts[] }>;
  abstract countError(slug: string, error: ErrorClass, now: Date): Promise<void>;
}

export interface RunRow {
  readonly id: string;
  readonly jobId: string;
  readonly source: string;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly queryId: string | null;
  readonly searchId: string | null;
  readonly replayOf: string | null;
  readonly filters: ScrapeFilters;
  readonly maxResults: number | null;
  readonly counts: RunCounts;
  readonly fields: Readonly<Record<string, number>>;
  readonly nextSeq: number;
  readonly planned: boolean;
  readonly checksPlanned: boolean;
  readonly listComplete: boolean;
  readonly cancelRequested: boolean;
  readonly problem: string | null;
  readonly attempt: number;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
}

export type RunChange = Partial<
  Pick<RunRow, 'state' | 'counts' | 'fields' | 'nextSeq' | 'planned' | 'checksPlanned' | 'listComplete' | 'problem' | 'startedAt' | 'finishedAt' | 'cancelRequested'>
>;

export interface JobRow {
  readonly id: string;
  readonly origin: 'schedule' | 'staff' | 'query' | 'search' | 'probe' | 'order';
  readonly queryId: string | null;
  readonly searchId: string | null;
  readonly filters: ScrapeFilters;
  readonly sources: readonly string[];
  readonly maxResults: number | null;
  readonly state: 'running' | 'completed' | 'failed';
  readonly reason: string | null;
  readonly captured: number;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
}

export type NewRun = Pick<RunRow, 'id' | 'jobId' | 'source' | 'kind' | 'queryId' | 'searchId' | 'replayOf' | 'filters' | 'maxResults' | 'requestedAt'>;

export abstract class Runs {
  abstract insertJob(tx: Tx, job: JobRow): Promise<void>;
  /** Gives the ids of those that were taken; one of the kinds that run alone is not while another is open. */
  abstract insert(tx: Tx, runs: readonly NewRun[]): Promise<string[]>;
  /** For this worker alone, for so long; null when it is finished or somebody else's. */
  abstract lease(id: string, worker: string, forMs: number): Promise<RunRow | null>;
  /** False when the lease has gone to somebody else. */
  abstract renew(id: string, worker: string, forMs: number): Promise<boolean>;
  abstract release(id: string, worker: string): Promise<void>;
  /** Locks the run; null when it is not this worker's any more. */
  abstract lockMine(tx: Tx, id: string, worker: string): Promise<RunRow | null>;
  abstract lock(tx: Tx, id: string): Promise<RunRow | null>;
  abstract change(tx: Tx, id: string, change: RunChange, now: Date): Promise<void>;
  abstract find(id: string): Promise<RunRow | null>;
  abstract list(source: string, page: { readonly limit: number; readonly offset: number }): Promise<{ readonly rows: RunRow[]; readonly total: number }>;
  abstract ofJob(jobId: string): Promise<RunRow[]>;
  abstract job(id: string): Promise<JobRow | null>;
  abstract lockJob(tx: Tx, id: string): Promise<{ readonly job: JobRow; readonly runs: RunRow[] } | null>;
  abstract finishJob(tx: Tx, id: string, change: Pick<JobRow, 'state' | 'reason' | 'captured' | 'finishedAt'>): Promise<void>;
  /** Whether one of the kinds that run alone is under way. */
  abstract isBusy(source: string): Promise<boolean>;
  /** Open runs that nobody works on. */
  abstract orphans(limit: number): Promise<Pick<RunRow, 'id' | 'attempt'>[]>;
}

export type FrontierPayload =
  | { readonly for: 'list'; readonly step: ListStep }
  | {
      readonly for: 'item';
      readonly summary: { readonly url: string | null; readonly fields: CapturedFields; readonly hints?: ListingHints };
      readonly hash: string;
      readonly novelty: 'new' | 'changed' | 'unchanged';
      /** The list named an address and nothing else. */
      readonly bare?: boolean;
    }
  | { readonly for: 'check'; /** Somebody wants to know; else its list no longer names it. */ readonly asked?: boolean };

export interface FrontierRow {
  readonly id: string;
  readonly key: string;
  readonly kind: 'list' | 'detail' | 'emit' | 'check';
  readonly url: string | null;
  readonly externalId: string | null;
  readonly payload: FrontierPayload;
  readonly attempts: number;
}

export type NewFrontier = Pick<FrontierRow, 'key' | 'kind' | 'url' | 'externalId' | 'payload'>;

export interface Progress {
  readonly lists: { readonly done: number; readonly waiting: number; readonly failed: number };
  readonly details: { readonly done: number; readonly waiting: number; readonly failed: number };
  readonly checks: { readonly done: number; readonly waiting: number; readonly failed: number };
}

export abstract class Frontier {
  /** Gives the keys that the run had not met before. */
  abstract add(tx: Tx, runId: string, rows: readonly NewFrontier[]): Promise<Set<string>>;
  /** What can be done now: lists first, in order. */
  abstract ready(runId: string, kinds: readonly FrontierRow['kind'][], limit: number): Promise<FrontierRow[]>;
  /** When the next one that waits may be done; null when none waits. */
  abstract nextReadyInMs(runId: string): Promise<number | null>;
  /** False when it was settled before. */
  abstract settle(tx: Tx, ids: readonly string[], outcome: { readonly state: 'done' | 'failed' | 'dropped'; readonly error?: ErrorClass; /** Of each, in order. */ readonly captureIds?: readonly (string | null)[] }): Promise<number>;
  abstract settleByKey(tx: Tx, runId: string, keys: readonly string[]): Promise<void>;
  abstract putOff(tx: Tx, id: string, error: ErrorClass, afterMs: number): Promise<void>;
  /** An item whose page can't be read is told as the list had it. */
  abstract fallBack(tx: Tx, id: string, error: ErrorClass): Promise<number>;
  /** Offers that were asked about and could not be looked at. */
  abstract unanswered(tx: Tx, runId: string): Promise<{ readonly externalId: string; readonly url: string | null }[]>;
  abstract dropWaiting(tx: Tx, runId: string, kinds?: readonly FrontierRow['kind'][]): Promise<number>;
  abstract progress(runId: string): Promise<Progress>;
}

export interface KnownUpdate {
  readonly externalId: string;
  readonly url: string | null;
  readonly contentHash: string;
  readonly status: ListingStatus;
  readonly seenAt: Date;
  readonly detailAt: Date | null;
  readonly imageHash?: string | null;
}

export abstract class KnownListings {
  abstract find(source: string, externalIds: readonly string[]): Promise<Map<string, Known & { readonly imageHash: string | null; readonly url: string | null }>>;
  abstract saw(tx: Tx, source: string, updates: readonly KnownUpdate[]): Promise<void>;
  abstract ended(tx: Tx, source: string, externalIds: readonly string[], status: ListingStatus): Promise<void>;
  abstract stillThere(tx: Tx, source: string, externalIds: readonly string[], at: Date): Promise<void>;
  abstract countActive(source: string): Promise<number>;
  /** Not seen since; they count as missing once more. */
  abstract missing(tx: Tx, source: string, seenBefore: Date, limit: number): Promise<{ readonly externalId: string; readonly url: string | null }[]>;
}

export interface CaptureRow {
  readonly id: string;
  readonly runId: string;
  readonly source: string;
  readonly requestKey: string;
  readonly kind: 'list' | 'detail' | 'check';
  readonly url: string;
  readonly externalId: string | null;
  readonly status: number;
  readonly contentType: string | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly objectKey: string;
  readonly keyId: string;
  readonly fetchedAt: Date;
  readonly expiresAt: Date;
}

/** Raw pages, encrypted, for as long as they may be kept. */
export abstract class Captures {
  /** Puts the page into the store; its row is written by `record`, with what was read from it. */
  abstract keep(page: FetchedPage, about: Pick<CaptureRow, 'runId' | 'source' | 'requestKey' | 'kind' | 'externalId'>): Promise<CaptureRow>;
  abstract record(tx: Tx, rows: readonly CaptureRow[]): Promise<void>;
  abstract find(id: string): Promise<CaptureRow | null>;
  abstract findByRequest(runId: string, requestKey: string): Promise<CaptureRow | null>;
  abstract read(row: CaptureRow): Promise<FetchedPage | null>;
  /** Deletes what has been kept long enough: the file first, then its row. */
  abstract removeExpired(now: Date, limit: number): Promise<number>;
  /** Deletes files as old as that which have no row: a process died after it had put them, before their row was written. */
  abstract removeStray(source: string, now: Date): Promise<number>;
}

export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export abstract class PageMemory {
  abstract find(source: string, requestKey: string): Promise<Validators | null>;
  abstract remember(tx: Tx, source: string, pages: readonly { readonly requestKey: string; readonly validators: Validators }[], at: Date): Promise<void>;
}

export interface FetchContext {
  readonly plugin: SourcePlugin;
  /** As set here: the description's own with the installation's changes. */
  readonly politeness: Politeness;
  readonly runId: string;
  readonly replayOf: string | null;
  /** Cookies and the user agent of one run belong together. */
  readonly session: string;
  readonly signal: AbortSignal;
}

export interface FetchFailure {
  readonly ok: false;
  readonly error: ErrorClass;
  readonly detail: string;
  /** What the site itself asked for. */
  readonly retryAfterMs: number | null;
}

export type FetchOutcome =
  | { readonly ok: true; readonly notModified: false; readonly page: FetchedPage; readonly validators: Validators }
  | { readonly ok: true; readonly notModified: true }
  | FetchFailure;

/** A page that was really fetched. */
export type FetchedRead = Extract<FetchOutcome, { readonly notModified: false }>;

export interface FetchJob {
  readonly request: PageRequest;
  readonly validators: Validators | null;
}

/** The only way to a source. */
export abstract class PageFetcher {
  abstract readonly name: FetcherName | 'replay';
  /** How many pages are worth asking for at once; 1 where each is its own request. */
  abstract readonly batch: number;
  /** One outcome for each, in order. Never rejects for what a source does. */
  abstract fetch(jobs: readonly FetchJob[], context: FetchContext): Promise<FetchOutcome[]>;
}

/** Makes sense of a page by its source's description; what would hold up everybody else is read beside the event loop. */
export abstract class PageReading {
  abstract list(plugin: SourcePlugin, page: FetchedPage, step: ListStep): Promise<ListReading>;
  abstract detail(plugin: SourcePlugin, page: FetchedPage, externalId: string): Promise<DetailReading>;
}

export abstract class Fetchers {
  abstract of(name: FetcherName | 'replay'): PageFetcher;
  /** Whether the source has an address here, and its name for people. */
  abstract address(slug: string): Promise<string | null>;
  /** Whether a stand-in answers for it: politeness towards it costs nobody anything but time. */
  abstract isSandbox(slug: string): Promise<boolean>;
}

export abstract class ImageHashes {
  /** Of the listing's first picture; null where it can't be had. */
  abstract of(url: string, context: FetchContext): Promise<string | null>;
}

export interface UsageRow extends DailyUse {
  readonly scope: string;
  readonly currency: string;
}

export abstract class Usage {
  abstract today(scopes: readonly string[], now: Date): Promise<UsageRow[]>;
}

export interface ScheduleRow {
  readonly key: string;
  readonly source: string | null;
  readonly searchId: string | null;
  readonly criteria: SearchCriteria | null;
  readonly cron: string;
  readonly active: boolean;
  readonly nextRunAt: Date;
  readonly lastRunAt: Date | null;
}

export abstract class Schedules {
  abstract find(key: string): Promise<ScheduleRow | null>;
  abstract save(tx: Tx, row: ScheduleRow, now: Date): Promise<void>;
  abstract remove(tx: Tx, key: string): Promise<void>;
  /** Only when it comes next; its rhythm stays. */
  abstract comesNext(tx: Tx, key: string, at: Date): Promise<void>;
  /** Locks them, but for those named; another replica takes others. */
  abstract due(tx: Tx, now: Date, limit: number, except: readonly string[]): Promise<ScheduleRow[]>;
}

/** How full the way to those who hear of listings is. */
export abstract class Backlog {
  /** Events of this service that some consumer has not taken yet; null where it can't be told. */
  abstract size(): Promise<number | null>;
}

/** What is kept for a while after it is over. */
export abstract class History {
  abstract forgetFrontier(finishedBefore: Date): Promise<number>;
  abstract forgetRuns(finishedBefore: Date): Promise<number>;
  /** Hours of errors, days of budgets, addresses' validators that nobody asked for again. */
  abstract forgetCounters(before: Date): Promise<void>;
}
