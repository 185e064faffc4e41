import { Market, marketSources, type MarketListing, type TruthLine } from '@autobroker/market';
import type { News } from '../application/ingest/ingest-listings';
import { type vehicleBench } from '../testing';
import { captureOf, endOf, shownPrice } from './market-captures';
import type { Shown } from './market-judge';

export type Bench = Awaited<ReturnType<typeof vehicleBench>>;

const batch = 250;

/** A generated market told to the ingest day by day, as a scraper would that looks once a day. */
export class MarketRun {
  readonly shown = new Map<string, Shown[]>();
  private readonly market: Market;
  private readonly said = new Map<string, string>();
  private open = new Map<string, MarketListing>();

  constructor(
    private readonly bench: Bench,
    seed: number | string,
    cars: number,
    private readonly start: Date,
  ) {
    this.market = new Market({ seed, cars, start });
  }

  truth(): TruthLine[] {
    return [...this.market.truth()];
  }

  async day(day: number): Promise<void> {
    const at = new Date(this.start.getTime() + day * 86_400_000);
    this.bench.clock.set(at);
    this.market.advanceTo(at);
    await this.tell(this.news(at), at);
  }

  private news(at: Date): News[] {
    const news: News[] = [];
    const now = new Map<string, MarketListing>();
    for (const listing of marketSources.flatMap(({ slug }) => this.market.listings(slug))) {
      const key = `${listing.source}/${listing.externalId}`;
      now.set(key, listing);
      this.look(key, { at, price: shownPrice(listing), live: true });
      const says = JSON.stringify([listing.price, listing.status, listing.updatedAt, listing.auction]);
      if (this.said.get(key) !== says) news.push(captureOf(listing, at));
      this.said.set(key, says);
    }
    for (const [key, { source, externalId }] of this.open) {
      if (now.has(key)) continue;
      this.look(key, { at, price: null, live: false });
      news.push(endOf(source, externalId, this.market.listing(source, externalId), at));
    }
    this.open = now;
    return news;
  }

  private look(key: string, shown: Shown): void {
    const looks = this.shown.get(key);
    if (looks === undefined) this.shown.set(key, [shown]);
    else looks.push(shown);
  }

  private async tell(news: readonly News[], at: Date): Promise<void> {
    for (let from = 0; from < news.length; from += batch) {
      const some = news.slice(from, from + batch);
      await this.bench.db.transaction((tx) => this.bench.ingest.run(tx, null, some, at));
    }
  }
}
