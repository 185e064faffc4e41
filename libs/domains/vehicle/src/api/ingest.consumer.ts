import { Inject, Injectable } from '@nestjs/common';
import { listingCaptured, listingChecked } from '@autobroker/contracts';
import { isCurrencyCode, type CurrencyCode } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { IngestListings, type News } from '../application/ingest/ingest-listings';

export const ingestListings = defineConsumer({
  name: 'vehicle.ingest-listings',
  on: [listingCaptured, listingChecked],
  batchSize: 250,
  budgetMs: 400,
  timeoutMs: 60_000,
});

type Heard = EventFor<typeof ingestListings>;

/** What the scraper reads becomes the catalogue, many listings in one transaction. */
@Injectable()
@EventConsumer(ingestListings)
export class ListingsConsumer {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly ingest: IngestListings,
  ) {}

  async handle(event: Heard, tx: Tx): Promise<void> {
    await this.ingest.run(tx, event.tenant_id, [newsOf(event)], this.db.clock.now());
  }

  async handleBatch(events: readonly Heard[], tx: Tx): Promise<void> {
    // Whose stock it is decides what it may be matched with.
    const byOwner = Map.groupBy(events, (event) => event.tenant_id);
    await this.ingest.ofOwners(tx, new Map([...byOwner].map(([owner, theirs]) => [owner, theirs.map(newsOf)])), this.db.clock.now());
  }
}

const currencyOf = (text: string | null): CurrencyCode | null => (text !== null && isCurrencyCode(text) ? text : null);

function newsOf(event: Heard): News {
  if (event.type === 'listing.checked.v1') {
    const { source, external_id, url, status, price, checked_at } = event.data;
    const currency = currencyOf(price?.currency ?? null);
    return {
      kind: 'checked',
      checked: {
        source,
        externalId: external_id,
        url,
        status,
        price: price === null || currency === null ? null : { amount: price.amount, currency },
        checkedAt: new Date(checked_at),
      },
    };
  }
  const { source, external_id, url, captured_at, kind, hints, fields } = event.data;
  return {
    kind: 'captured',
    captured: {
      source,
      externalId: external_id,
      url,
      capturedAt: new Date(captured_at),
      kind,
      hints: { locale: hints.locale, currency: currencyOf(hints.currency), mileageUnit: hints.mileage_unit, country: hints.country, auction: hints.auction },
      fields,
    },
  };
}
