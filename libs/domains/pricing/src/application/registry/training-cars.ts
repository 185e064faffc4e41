import { Inject, Injectable } from '@nestjs/common';
import { isMarketPrice, plausibleCar } from '../../domain/plausible';
import { pricingConfig, type PricingConfig } from '../config';
import { MarketCars } from '../ports';
import { trainingCarOf } from './ports';

export interface Gathered {
  /** A line a car, oldest first. */
  readonly bytes: Uint8Array;
  readonly listedAt: readonly Date[];
}

const page = 2_000;
const dayMs = 86_400_000;

/** What a model learns from: what has been asked for shared cars in the last time, without what can't be so. */
@Injectable()
export class TrainingCars {
  constructor(
    @Inject(pricingConfig.token) private readonly config: PricingConfig,
    private readonly cars: MarketCars,
  ) {}

  onMarket(): Promise<number> {
    return this.cars.count();
  }

  async gather(now: Date, signal?: AbortSignal): Promise<Gathered> {
    const since = new Date(now.getTime() - this.config.trainingDays * dayMs);
    const lines: { readonly at: Date; readonly line: Buffer }[] = [];
    let before: { readonly listedAt: Date; readonly vehicleId: string } | null = null;
    while (lines.length < this.config.trainingCars) {
      signal?.throwIfAborted();
      const cars = await this.cars.listedBetween(since, before, page);
      for (const car of cars) {
        const learned = trainingCarOf(car);
        if (learned === null || !isMarketPrice(learned.price)) continue;
        const plausible = plausibleCar(learned.facts, now);
        if (plausible.ok) lines.push({ at: car.listedAt, line: Buffer.from(`${JSON.stringify({ ...learned, facts: plausible.car.facts })}\n`) });
      }
      const last = cars.at(-1);
      if (last === undefined || cars.length < page) break;
      before = { listedAt: last.listedAt, vehicleId: last.vehicleId };
    }
    lines.reverse();
    return { bytes: new Uint8Array(Buffer.concat(lines.map(({ line }) => line))), listedAt: lines.map(({ at }) => at) };
  }
}
