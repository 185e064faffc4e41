import { Injectable } from '@nestjs/common';
import { listingCaptured, listingRefused, scrapeCompleted, scrapeFailed, userErased } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { HearScrapes } from '../application/queries/hear-scrapes';
import { KeepQueries } from '../application/queries/keep-queries';
import type { Capture } from '../application/queries/ports';

/** One consumer for all three: what was captured for a query is heard before its scrape has ended. */
export const followScrapes = defineConsumer({ name: 'pricing.follow-scrapes', on: [listingCaptured, scrapeCompleted, scrapeFailed], startFrom: 'now', batchSize: 500 });
export const followRefusals = defineConsumer({ name: 'pricing.follow-refusals', on: [listingRefused], startFrom: 'now', batchSize: 500 });
export const forgetAskers = defineConsumer({ name: 'pricing.forget-askers', on: [userErased] });

type Heard = EventFor<typeof followScrapes>;
type Captured = Extract<Heard, { readonly type: 'listing.captured.v1' }>;
type Ended = Exclude<Heard, Captured>;

const isCaptured = (event: Heard): event is Captured => event.type === 'listing.captured.v1';

@Injectable()
@EventConsumer(followScrapes)
export class ScrapesConsumer {
  constructor(private readonly scrapes: HearScrapes) {}

  handle(event: Heard, tx: Tx): Promise<void> {
    return isCaptured(event) ? this.scrapes.captured(tx, captureOf(event)) : this.ended(event, tx);
  }

  async handleBatch(events: readonly Heard[], tx: Tx): Promise<void> {
    await this.scrapes.captured(tx, events.flatMap((event) => (isCaptured(event) ? captureOf(event) : [])));
    for (const event of events) if (!isCaptured(event)) await this.ended(event, tx);
  }

  private async ended(event: Ended, tx: Tx): Promise<void> {
    const { query_id: queryId } = event.data;
    if (queryId === null) return;
    if (event.type === 'scrape.completed.v1') await this.scrapes.ended(tx, { queryId, scrape: 'completed', captures: event.data.captured, reason: null, eventId: event.id });
    else await this.scrapes.ended(tx, { queryId, scrape: 'failed', captures: 0, reason: event.data.reason, eventId: event.id });
  }
}

type HeardRefusal = EventFor<typeof followRefusals>;

@Injectable()
@EventConsumer(followRefusals)
export class RefusalsConsumer {
  constructor(private readonly scrapes: HearScrapes) {}

  handle(event: HeardRefusal, tx: Tx): Promise<void> {
    return this.handleBatch([event], tx);
  }

  /** What was refused for a tenant's own stock may be in the catalogue all the same. */
  handleBatch(events: readonly HeardRefusal[], tx: Tx): Promise<void> {
    const shared = events.filter(({ tenant_id: tenantId }) => tenantId === null);
    return this.scrapes.refused(tx, shared.map(({ data }) => ({ source: data.source, externalId: data.external_id, capturedAt: new Date(data.captured_at) })));
  }
}

@Injectable()
@EventConsumer(forgetAskers)
export class ForgetAskersConsumer {
  constructor(private readonly keep: KeepQueries) {}

  handle(event: EventFor<typeof forgetAskers>, tx: Tx): Promise<void> {
    return this.keep.forget(tx, event.data.user_id);
  }
}

/** Most of what is captured answers nobody's question. */
function captureOf({ data }: Captured): Capture[] {
  return data.query_id === null ? [] : [{ queryId: data.query_id, source: data.source, externalId: data.external_id, seq: data.seq, capturedAt: new Date(data.captured_at) }];
}
