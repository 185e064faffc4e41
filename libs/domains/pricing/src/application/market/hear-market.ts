import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { changeOf, contributionsOf } from '../../domain/market/contributions';
import { hear, type HeardCar, type MarketNews } from '../../domain/market/projection';
import { MarketStore } from '../ports';

/**
 * Takes in what the vehicle service says: the projection and what is counted of it, in the transaction of the inbox. What a
 * car counted for before is taken away, what it counts for now is added, so that no order of events makes a difference.
 */
@Injectable()
export class HearMarket {
  constructor(private readonly store: MarketStore) {}

  async run(tx: Tx, news: readonly MarketNews[]): Promise<void> {
    if (news.length === 0) return;
    await this.store.lock(tx);
    const before = await this.store.heard(tx, [...new Set(news.map(({ vehicleId }) => vehicleId))]);
    const after = new Map<string, HeardCar>(before);
    for (const one of news) after.set(one.vehicleId, hear(after.get(one.vehicleId) ?? null, one));
    const cars = [...after.values()];
    await this.store.save(tx, cars);
    await this.store.saveOffers(tx, cars.filter(({ vehicleId, offers, left }) => offers !== (before.get(vehicleId)?.offers ?? null) || left?.reason === 'deleted'));
    const old = [...before.values()].flatMap(contributionsOf);
    await this.store.count(tx, changeOf(old, cars.flatMap(contributionsOf)));
  }
}
