import { Injectable } from '@nestjs/common';
import type { CapturedFields } from '@autobroker/contracts';
import type { ListingStatus } from '@autobroker/kernel';
import { type Emission, EmitListings, isOver } from './emit-listings';
import { statusOf } from './listing-facts';
import { type CaptureRow, type FetchedRead, type FetchOutcome, type FrontierRow, KnownListings, PageReading } from './ports';
import { listRow, PageLedger } from './read-pages';
import { requestKey } from './request-key';
import type { ListStep, ReadListing } from './source-plugin';
import { LeaseLostError, type Turn } from './turn';

type CheckBase = Pick<Emission, 'frontierId' | 'externalId' | 'url' | 'hash' | 'imageHash' | 'detailRead'>;

/** Looks whether single offers still stand: because their list no longer names them, or because somebody asks. */
@Injectable()
export class ReadChecks {
  constructor(
    private readonly ledger: PageLedger,
    private readonly emit: EmitListings,
    private readonly known: KnownListings,
    private readonly reading: PageReading,
  ) {}

  /** The page of one offer; no outcome where it has none. */
  async page(turn: Turn, row: FrontierRow, outcome: FetchOutcome | null): Promise<void> {
    const { externalId } = row;
    if (externalId === null) return;
    const before = (await this.known.find(turn.plugin.slug, [externalId])).get(externalId);
    const base = baseOf(row, externalId, before?.contentHash);
    if (outcome === null) return this.withoutPage(turn, row, base);
    if (!outcome.ok) return this.ledger.failed(turn, row, outcome);
    if (outcome.notModified) return this.stands(turn, row, base, null, before?.status === 'reserved' ? 'reserved' : 'active', null);
    const reading = await this.reading.detail(turn.plugin, outcome.page, externalId);
    const capture = await this.keep(turn, row, outcome);
    if (reading.kind === 'gone') return this.over(turn, row, base, reading.status, capture);
    if (reading.kind !== 'listing') return this.ledger.failed(turn, row, { ok: false, error: reading.kind, detail: reading.reasons.join(', '), retryAfterMs: null }, capture);
    if (reading.status === 'sold' || reading.status === 'removed') return this.over(turn, row, base, reading.status, capture);
    await this.stands(turn, row, { ...base, url: reading.listing.url ?? row.url }, reading.listing, reading.status, capture);
  }

  /** Where lists say everything, the list is read, and of it what was asked about. */
  async list(turn: Turn, row: FrontierRow, step: ListStep, outcome: FetchOutcome): Promise<void> {
    const { plugin, run } = turn;
    if (!outcome.ok) return this.ledger.failed(turn, row, outcome);
    if (outcome.notModified || outcome.page.status >= 400) return this.ledger.failed(turn, row, { ok: false, error: 'client_error', detail: 'the list is not there', retryAfterMs: null });
    const reading = await this.reading.list(plugin, outcome.page, step);
    if (reading.kind !== 'list') return this.ledger.failed(turn, row, { ok: false, error: reading.kind, detail: reading.reasons.join(', '), retryAfterMs: null });
    const asked = new Map((await this.ledger.frontier.ready(run.id, ['check'], mostAsked)).map((one) => [one.externalId, one]));
    for (const listing of reading.listings) {
      const check = asked.get(listing.externalId);
      if (check === undefined) continue;
      const status = statusOf(listing.fields);
      const base = { ...baseOf(check, listing.externalId, undefined), detailRead: false };
      if (isOver(status)) await this.over(turn, check, base, status === 'sold' ? 'sold' : 'removed', null);
      else await this.stands(turn, check, { ...base, url: listing.url ?? check.url }, listing, status, null);
    }
    // Last: should the process die before, the list is read again and nothing is taken for missing.
    await this.ledger.inRun(turn, async (tx) => {
      if ((await this.ledger.frontier.settle(tx, [row.id], { state: 'done' })) !== 1) throw new LeaseLostError();
      const next = plugin.nextStep(step, reading).step;
      const further = [...(reading.lists ?? []), ...(next === null ? [] : [next])];
      await this.ledger.frontier.add(tx, run.id, further.map((one) => listRow(plugin, one, run.filters)));
    });
    this.ledger.read(turn, row);
  }

  private async withoutPage(turn: Turn, row: FrontierRow, base: CheckBase): Promise<void> {
    if (turn.run.kind !== 'verify') return this.over(turn, row, base, 'removed', null);
    const { frontier, runs } = this.ledger;
    // The list waits for its own next attempt; until then nothing follows.
    if ((await frontier.progress(turn.run.id)).lists.waiting > 0) return this.ledger.inRun(turn, (tx) => frontier.putOff(tx, row.id, 'not_captured', listPauseMs));
    const run = await runs.find(turn.run.id);
    const listed = turn.plugin.detailRequest({ externalId: base.externalId, url: '/' }) === null;
    // Where lists say everything, not to be on them is to be gone; else nobody knows where to look.
    if (listed && run?.listComplete === true) return this.over(turn, row, base, 'removed', null);
    await this.ledger.failed(turn, row, { ok: false, error: 'unreadable', detail: 'there is no address to ask at', retryAfterMs: null });
  }

  private async over(turn: Turn, row: FrontierRow, base: CheckBase, status: 'sold' | 'removed', capture: CaptureRow | null): Promise<void> {
    await this.emit.run(turn, [{ ...base, fields: {}, own: null, kind: 'summary', status, capture, checked: { reason: reasonOf(row), status } }]);
    this.ledger.read(turn, row);
  }

  private async stands(turn: Turn, row: FrontierRow, base: CheckBase, listing: ReadListing | null, status: ListingStatus, capture: CaptureRow | null): Promise<void> {
    const fields: CapturedFields = listing?.fields ?? {};
    await this.emit.run(turn, [
      { ...base, fields, hints: listing?.hints, own: capture === null ? null : fields, kind: 'detail', status, detailRead: capture !== null, capture, checked: { reason: reasonOf(row), status } },
    ]);
    this.ledger.read(turn, row);
  }

  private async keep(turn: Turn, row: FrontierRow, outcome: FetchedRead): Promise<CaptureRow | null> {
    const { run, plugin } = turn;
    const request = row.externalId === null ? null : plugin.detailRequest({ externalId: row.externalId, url: row.url });
    if (request === null) return null;
    return this.ledger.captures.keep(outcome.page, { runId: run.id, source: plugin.slug, requestKey: requestKey(request), kind: 'check', externalId: row.externalId });
  }
}

const listPauseMs = 1_000;
/** No run is asked about more. */
export const mostAsked = 1_000;

const reasonOf = ({ payload }: FrontierRow): 'asked' | 'missing' => (payload.for === 'check' && payload.asked === true ? 'asked' : 'missing');

/** The hash of a list that was never read is nobody's: the listing is news when one is. */
const baseOf = (row: FrontierRow, externalId: string, hash: string | undefined): CheckBase => ({
  frontierId: row.id,
  externalId,
  url: row.url,
  hash: hash ?? 'checked',
  imageHash: null,
  detailRead: false,
});
