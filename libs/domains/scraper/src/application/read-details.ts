import { Inject, Injectable } from '@nestjs/common';
import type { CapturedFields } from '@autobroker/contracts';
import { scraperConfig, type ScraperConfig } from './config';
import { type Emission, EmitListings } from './emit-listings';
import { merged, statusOf } from './listing-facts';
import { type CaptureRow, type FetchedRead, type FetchFailure, type FetchOutcome, type FrontierRow, ImageHashes, KnownListings, PageReading } from './ports';
import { isAsked, PageLedger } from './read-pages';
import { contradicts } from './query-filter';
import { requestKey } from './request-key';
import { LeaseLostError, type Turn } from './turn';

type Known = Awaited<ReturnType<KnownListings['find']>>;

/** Reads the page of one listing, or tells it as its list had it. */
@Injectable()
export class ReadDetails {
  constructor(
    private readonly ledger: PageLedger,
    private readonly emit: EmitListings,
    private readonly known: KnownListings,
    private readonly images: ImageHashes,
    private readonly reading: PageReading,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {}

  /** The page of an item that is new or has changed: what there is to tell of it, if anything. */
  async detail(turn: Turn, row: FrontierRow, outcome: FetchOutcome): Promise<Emission | null> {
    const externalId = row.externalId;
    if (row.payload.for !== 'item' || externalId === null) return null;
    const { summary, hash } = row.payload;
    const base = { frontierId: row.id, externalId, url: summary.url, hash, hints: summary.hints, imageHash: null, capture: null, checked: null, own: null };
    if (!outcome.ok) return this.failed(turn, row, outcome, null);
    if (outcome.notModified) return { ...base, fields: summary.fields, kind: 'summary', status: statusOf(summary.fields), detailRead: true };
    const reading = await this.reading.detail(turn.plugin, outcome.page, externalId);
    const capture = await this.keep(turn, row, outcome);
    if (reading.kind === 'gone') {
      // It was on the list a moment ago: what the list said of it happened, and so did its end.
      return { ...base, fields: summary.fields, kind: 'summary', status: reading.status, detailRead: true, capture, checked: { reason: 'stale', status: reading.status } };
    }
    if (reading.kind !== 'listing') return this.failed(turn, row, { ok: false, error: reading.kind, detail: reading.reasons.join(', '), retryAfterMs: null }, capture);
    const { listing } = reading;
    const all = { fields: merged(summary.fields, listing.fields), hints: { ...listing.hints, ...summary.hints } };
    if (isAsked(turn.run) && contradicts(all.fields, turn.run.filters, turn.plugin, all.hints)) return this.setAside(turn, row, capture);
    const imageHash = await this.hashOf(turn, externalId, listing.fields, await this.known.find(turn.plugin.slug, [externalId]));
    return {
      ...base,
      ...all,
      url: summary.url ?? listing.url,
      fields: withHash(all.fields, imageHash),
      own: listing.fields,
      kind: 'detail',
      status: reading.status,
      detailRead: true,
      imageHash,
      capture,
      page: this.validatorsOf(turn, row, outcome),
    };
  }

  /** Many in one transaction: what was read at the same time is told at the same time. */
  async tell(turn: Turn, emissions: readonly Emission[]): Promise<void> {
    await this.emit.run(turn, emissions);
    this.ledger.readMany(turn, 'detail', emissions.length);
  }

  private async failed(turn: Turn, row: FrontierRow, failure: FetchFailure, capture: CaptureRow | null): Promise<null> {
    await this.ledger.failed(turn, row, failure, capture);
    return null;
  }

  /** What lists said, many at once. */
  async summaries(turn: Turn, rows: readonly FrontierRow[]): Promise<void> {
    const known = await this.known.find(turn.plugin.slug, rows.flatMap(({ externalId }) => externalId ?? []));
    const emissions: Emission[] = [];
    for (const row of rows) {
      if (row.payload.for !== 'item' || row.externalId === null) continue;
      const { summary, hash, novelty } = row.payload;
      const complete = turn.plugin.detailRequest({ externalId: row.externalId, url: summary.url }) === null;
      const imageHash = novelty === 'unchanged' ? (known.get(row.externalId)?.imageHash ?? null) : await this.hashOf(turn, row.externalId, summary.fields, known);
      emissions.push({
        frontierId: row.id,
        externalId: row.externalId,
        url: summary.url,
        hints: summary.hints,
        fields: withHash(summary.fields, imageHash),
        // A list that leaves nothing to a page of its own says all there is.
        kind: complete ? 'detail' : 'summary',
        own: null,
        hash,
        status: statusOf(summary.fields),
        detailRead: complete,
        imageHash,
        capture: null,
        checked: null,
      });
    }
    await this.emit.run(turn, emissions);
  }

  /** Its page says that it is none of what was asked for; it is left to the next run of its source. */
  private async setAside(turn: Turn, row: FrontierRow, capture: CaptureRow | null): Promise<null> {
    await this.ledger.inRun(turn, async (tx) => {
      if ((await this.ledger.frontier.settle(tx, [row.id], { state: 'done', captureIds: [capture?.id ?? null] })) !== 1) throw new LeaseLostError();
      if (capture !== null) await this.ledger.captures.record(tx, [capture]);
    });
    this.ledger.read(turn, row);
    return null;
  }

  private async keep(turn: Turn, row: FrontierRow, outcome: FetchedRead): Promise<CaptureRow | null> {
    const { run, plugin } = turn;
    const request = row.externalId === null ? null : plugin.detailRequest({ externalId: row.externalId, url: row.url });
    if (run.kind === 'replay' || request === null) return null;
    return this.ledger.captures.keep(outcome.page, { runId: run.id, source: plugin.slug, requestKey: requestKey(request), kind: 'detail', externalId: row.externalId });
  }

  private validatorsOf({ run, plugin }: Turn, row: FrontierRow, outcome: FetchedRead): Emission['page'] {
    const request = row.externalId === null ? null : plugin.detailRequest({ externalId: row.externalId, url: row.url });
    return !plugin.conditional || run.kind === 'replay' || request === null ? undefined : { requestKey: requestKey(request), validators: outcome.validators };
  }

  /** Once for each listing; a picture that can't be had costs nobody the listing. */
  private async hashOf(turn: Turn, externalId: string, fields: CapturedFields, known: Known): Promise<string | null> {
    const before = known.get(externalId)?.imageHash ?? null;
    const { imageHashSources } = this.config;
    if (before !== null || turn.run.kind === 'replay') return before;
    if (!imageHashSources.includes('*') && !imageHashSources.includes(turn.plugin.slug)) return null;
    const images = fields.images?.value;
    const first = typeof images === 'string' ? images : images?.[0];
    return first === undefined ? null : this.images.of(first, turn.context);
  }
}

const withHash = (fields: CapturedFields, hash: string | null): CapturedFields =>
  hash === null ? fields : { ...fields, image_hashes: { value: [hash], from: 'derived', confidence: 1 } };
