import { Inject, Injectable } from '@nestjs/common';
import type { MarketCar } from '../../domain/market-car';
import { isMarketPrice, plausibleCar } from '../../domain/plausible';
import { pricingConfig, type PricingConfig } from '../config';
import { MarketCars } from '../ports';
import { trainingCarOf } from './ports';

const page = 1_000;
const dayMs = 86_400_000;

/** What a model learns from: what has been asked for shared cars in the last time, without what can't be so. */
@Injectable()
export class TrainingCars {
  constructor(
    @Inject(pricingConfig.token) private readonly config: PricingConfig,
    private readonly cars: MarketCars,
  ) {}

  /** How many there are at all, and how many of them a training takes. */
  async counted(): Promise<{ readonly onMarket: number; readonly most: number }> {
    return { onMarket: await this.cars.count(), most: this.config.trainingCars };
  }

  /** A line of JSON a car, newest first, a page at a time: nobody has to hold all of them. */
  async *lines(now: Date, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const since = new Date(now.getTime() - this.config.trainingDays * dayMs);
    let left = this.config.trainingCars;
    let before: { readonly listedAt: Date; readonly vehicleId: string } | null = null;
    while (left > 0) {
      signal?.throwIfAborted();
      const cars: readonly MarketCar[] = await this.cars.listedBetween(since, before, page);
      const lines = cars.flatMap((car) => lineOf(car, now)).slice(0, left);
      left -= lines.length;
      if (lines.length > 0) yield Buffer.from(lines.join(''));
      const last = cars.at(-1);
      if (last === undefined || cars.length < page) return;
      before = { listedAt: last.listedAt, vehicleId: last.vehicleId };
    }
  }
}

function lineOf(car: MarketCar, now: Date): string[] {
  const learned = trainingCarOf(car);
  if (learned === null || !isMarketPrice(learned.price)) return [];
  const plausible = plausibleCar(learned.facts, now);
  return plausible.ok ? [`${JSON.stringify({ ...learned, facts: plausible.car.facts })}\n`] : [];
}
