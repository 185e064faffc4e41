import { offerCheckAsked, scrapeRequested, searchDeleted, searchSaved } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { Injectable } from '@nestjs/common';
import { CheckListings } from '../application/check-listings';
import { HearRequests } from '../application/hear-requests';
import { sweepJob } from '../application/jobs';

export const requestListener = defineConsumer({ name: 'scraper.requests', on: [scrapeRequested] });
export const offerCheckListener = defineConsumer({ name: 'scraper.offer-checks', on: [offerCheckAsked] });
export const searchListener = defineConsumer({ name: 'scraper.saved-searches', on: [searchSaved, searchDeleted] });

/** Price queries that need fresh listings. */
@Injectable()
@EventConsumer(requestListener)
export class HearScrapeRequests {
  constructor(private readonly requests: HearRequests) {}

  handle(event: EventFor<typeof requestListener>, tx: Tx): Promise<void> {
    return this.requests.scrape(tx, event.data);
  }
}

/** Orders that need to know whether an offer still stands. */
@Injectable()
@EventConsumer(offerCheckListener)
export class HearOfferChecks {
  constructor(private readonly checks: CheckListings) {}

  /** Looked at now; `listing.checked` answers. */
  async handle({ data }: EventFor<typeof offerCheckListener>, tx: Tx): Promise<void> {
    await this.checks.run(tx, { origin: 'order', offers: [{ source: data.source, externalId: data.external_id, url: data.url }] });
  }
}

/** Saved searches bring their schedules. */
@Injectable()
@EventConsumer(searchListener)
export class HearSavedSearches {
  constructor(
    private readonly requests: HearRequests,
    private readonly jobs: Jobs,
  ) {}

  async handle(event: EventFor<typeof searchListener>, tx: Tx): Promise<void> {
    if (event.type === searchDeleted.type) return this.requests.deleted(tx, event.data.search_id);
    await this.requests.saved(tx, event.data);
    // A new one is due at once; should this be lost, the next sweep finds it.
    tx.afterCommit(() => void this.jobs.enqueueEventually(sweepJob, {}, { jobId: `search-${event.id}` }));
  }
}
