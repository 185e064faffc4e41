import { Inject, Injectable } from '@nestjs/common';
import { capturedFieldSchema, capturedFieldNames, type CapturedFields, type EventData, listingCaptured, listingChecked } from '@autobroker/contracts';
import { type ListingStatus, uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, type PublishInput, type Tx } from '@autobroker/platform/database';
import { metrics } from '@autobroker/platform/telemetry';
import { add } from '../domain/run';
import { plus, statedPrice, vitals, withoutPersonalData } from './listing-facts';
import { type CaptureRow, Captures, Frontier, KnownListings, PageMemory, type RunRow, Runs, type Validators } from './ports';
import type { ListingHints, SourcePlugin } from './source-plugin';
import { LeaseLostError, type Turn } from './turn';

/** One listing that is told now. */
export interface Emission {
  readonly frontierId: string;
  readonly externalId: string;
  readonly url: string | null;
  readonly fields: CapturedFields;
  readonly hints?: ListingHints | undefined;
  readonly kind: 'detail' | 'summary';
  /** What the listing's own page said, before anything was added to it; null when none was read. */
  readonly own: CapturedFields | null;
  /** What the next run compares the list with. */
  readonly hash: string;
  readonly status: ListingStatus;
  readonly detailRead: boolean;
  readonly imageHash: string | null;
  readonly capture: CaptureRow | null;
  /** What the next look at its page asks with. */
  readonly page?: { readonly requestKey: string; readonly validators: Validators } | undefined;
  /** Somebody looked because it was missing, or it was gone when it was looked at. */
  readonly checked: { readonly reason: CheckReason; readonly status: ListingStatus } | null;
}

const captured = metrics.counter({ name: 'scraper_listings_total', help: 'Listings told, by source and how much was read of them', labels: ['source', 'kind'] });

/**
 * Tells listings: what is remembered of them, the run's progress and the events are one transaction, so that a process
 * that is killed at any moment has told a listing once or not yet.
 */
@Injectable()
export class EmitListings {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly runs: Runs,
    private readonly frontier: Frontier,
    private readonly known: KnownListings,
    private readonly captures: Captures,
    private readonly memory: PageMemory,
  ) {}

  async run(turn: Turn, emissions: readonly Emission[]): Promise<void> {
    if (emissions.length === 0) return;
    await this.db.transaction(async (tx) => {
      const run = await this.runs.lockMine(tx, turn.run.id, turn.worker);
      if (run === null) throw new LeaseLostError();
      const settled = await this.settle(tx, emissions);
      if (settled !== emissions.length) throw new LeaseLostError();
      await this.tell(tx, run, turn.plugin, emissions);
    });
    for (const { kind } of emissions) captured.inc({ source: turn.plugin.slug, kind });
  }

  private settle(tx: Tx, emissions: readonly Emission[]): Promise<number> {
    return this.frontier.settle(tx, emissions.map(({ frontierId }) => frontierId), { state: 'done', captureIds: emissions.map(({ capture }) => capture?.id ?? null) });
  }

  private async tell(tx: Tx, run: RunRow, plugin: SourcePlugin, emissions: readonly Emission[]): Promise<void> {
    const now = this.db.clock.now();
    const told = emissions.filter(({ fields }) => Object.keys(fields).length > 0);
    const ended = emissions.filter((emission) => isOver(emission.checked?.status ?? emission.status));
    await this.captures.record(tx, emissions.flatMap(({ capture }) => capture ?? []));
    await this.known.saw(
      tx,
      plugin.slug,
      emissions.map((one) => ({
        externalId: one.externalId,
        url: one.url,
        contentHash: one.hash,
        status: one.checked?.status ?? one.status,
        seenAt: now,
        detailAt: one.detailRead ? now : null,
        imageHash: one.imageHash,
      })),
    );
    if (told.length > 0) await tx.publishAll(listingCaptured, told.map((one, index) => capturedEvent(one, run, plugin, run.nextSeq + index, now)));
    const checked = emissions.flatMap((one) => checkedEvent(one, run, plugin, now));
    if (checked.length > 0) await tx.publishAll(listingChecked, checked);
    await this.memory.remember(tx, plugin.slug, emissions.flatMap(({ page }) => page ?? []), now);
    const gone = ended.filter(({ checked: look }) => look !== null).length;
    await this.runs.change(
      tx,
      run.id,
      {
        counts: add(run.counts, { captured: told.length, gone }),
        fields: emissions.reduce((sum, { own }) => (own === null ? sum : plus(sum, vitals('detail', own))), run.fields),
        nextSeq: run.nextSeq + told.length,
      },
      now,
    );
  }
}

export const isOver = (status: ListingStatus): boolean => status === 'sold' || status === 'removed';

const eventKey = (run: RunRow, source: string, externalId: string): string => (run.queryId ?? `${source}:${externalId}`).slice(0, 200);

const urlOf = (url: string | null): string | null => (url !== null && url.length <= 2_000 && URL.canParse(url) ? url : null);

function capturedEvent(one: Emission, run: RunRow, plugin: SourcePlugin, seq: number, now: Date): PublishInput<typeof listingCaptured> {
  const data: EventData<typeof listingCaptured> = {
    source: plugin.slug,
    external_id: one.externalId,
    url: urlOf(one.url),
    run_id: run.id,
    query_id: run.queryId,
    seq,
    capture_id: one.capture?.id ?? null,
    captured_at: now.toISOString(),
    kind: one.kind,
    hints: {
      locale: one.hints?.locale ?? plugin.locale,
      currency: one.hints?.currency ?? plugin.currency,
      mileage_unit: one.hints?.unit ?? plugin.unit,
      country: one.hints?.country ?? plugin.country,
      auction: plugin.kind === 'auction',
    },
    fields: fitting(withoutPersonalData(one.fields)),
  };
  return { key: eventKey(run, plugin.slug, one.externalId), tenantId: null, data };
}

function checkedEvent(one: Emission, run: RunRow, plugin: SourcePlugin, now: Date): PublishInput<typeof listingChecked>[] {
  if (one.checked === null) return [];
  const { reason, status } = one.checked;
  // What is over has no price any more.
  const price = isOver(status) ? null : statedPrice(one.fields, { locale: one.hints?.locale ?? plugin.locale, currency: one.hints?.currency ?? plugin.currency });
  const data = checkedData({ source: plugin.slug, externalId: one.externalId, url: one.url, reason, status, price }, now);
  return [{ key: eventKey(run, plugin.slug, one.externalId), tenantId: null, data }];
}

type Checked = EventData<typeof listingChecked>;
export type CheckReason = Checked['reason'];

export const checkedData = ({ externalId, url, ...rest }: Pick<Checked, 'source' | 'reason' | 'status' | 'price'> & { readonly externalId: string; readonly url: string | null }, now: Date): Checked => ({
  ...rest,
  external_id: externalId,
  url: urlOf(url),
  check_id: uuidv7(now),
  checked_at: now.toISOString(),
});

/** Whatever a page holds must fit the contract: one field that does not is left out, not the listing. */
function fitting(fields: CapturedFields): CapturedFields {
  const kept: CapturedFields = {};
  for (const name of capturedFieldNames) {
    const parsed = capturedFieldSchema.safeParse(fields[name]);
    if (!parsed.success) continue;
    const { value } = parsed.data;
    // PostgreSQL's jsonb takes no NUL, and no half of a surrogate pair.
    const clean = typeof value === 'string' ? storable(value) : value.map((text) => storable(text));
    kept[name] = { ...parsed.data, value: clean };
  }
  return kept;
}

const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();
