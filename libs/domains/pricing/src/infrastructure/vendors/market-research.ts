import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@autobroker/kernel';
import { CLOCK } from '@autobroker/platform/app';
import { Cache, type Region } from '@autobroker/platform/cache';
import { keyOf } from '@autobroker/vocabulary';
import { externalConfig, type ExternalConfig } from '../../application/external/config';
import { type Asking, type Failure, type Said, type ValuedCar, ValuationSource } from '../../application/external/ports';
import { PerplexityResearch } from './perplexity';

interface Kept extends Omit<Said, 'saidAt'> {
  readonly said_at: string;
}

class NotAnswered extends Error {
  constructor(readonly failure: Failure) {
    super(failure.detail);
  }
}

/**
 * What is researched is a model's market, not one car: within an hour all cars of a model, year and country share one answer,
 * which is what makes a hundred questions a day go far. `market:make:model:year` → what was said.
 */
@Injectable()
export class SharedResearch extends ValuationSource {
  override readonly source = 'perplexity';
  override readonly lifeMs: number;
  private readonly kept: Region;

  constructor(
    private readonly research: PerplexityResearch,
    @Inject(Cache) cache: Cache,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(externalConfig.token) config: ExternalConfig,
  ) {
    super();
    this.lifeMs = config.marketMs;
    this.kept = cache.region({ name: 'pricing.market-data', ttlMs: config.marketMs, max: 5_000 });
  }

  override async value(car: ValuedCar, how: Asking): Promise<Said | Failure> {
    const key = `market:${keyOf(car.make)}:${keyOf(car.model)}:${car.year}#${car.country ?? ''}`;
    try {
      const found = await this.load(key, car, how);
      if (this.clock.now().getTime() - found.saidAt.getTime() < this.lifeMs) return found;
      await this.kept.delete(key);
      return await this.load(key, car, how);
    } catch (error) {
      if (error instanceof NotAnswered) return error.failure;
      throw error;
    }
  }

  private async load(key: string, car: ValuedCar, how: Asking): Promise<Said & { readonly saidAt: Date }> {
    const text = await this.kept.getOrLoad(key, async () => {
      const said = await this.research.value(car, how);
      if (!said.ok) throw new NotAnswered(said);
      return JSON.stringify({ ...said, said_at: this.clock.now().toISOString() });
    });
    // Only what we have written ourselves is under our own keys.
    const { said_at, ...said } = JSON.parse(text) as Kept;
    return { ...said, saidAt: new Date(said_at) };
  }
}
