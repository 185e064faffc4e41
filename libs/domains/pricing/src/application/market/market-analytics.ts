import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Cache, type Region } from '@autobroker/platform/cache';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { z } from 'zod';
import { dayOf } from '../../domain/market/contributions';
import { supplyDays } from '../../domain/market/survival';
import type { Interval } from '../../domain/market/trend';
import { ageView, segmentView, sourceView, supplyView, trendView } from './analytics-views';
import { MarketStatistics, type Listed, type MarketFilter, type SegmentSort } from './statistics';

export interface SegmentsAsked {
  readonly sort: SegmentSort;
  readonly least: number;
  readonly offset: number;
  readonly limit: number;
}

export interface AnalyticsPage {
  readonly json: string;
  readonly total: number;
}

const minute = 60_000;
const pageSchema = z.tuple([z.int(), z.string()]);

/** Answers about the market, each worked out once in some minutes: a market does not turn in between. */
@Injectable()
export class MarketAnalytics {
  private readonly answers: Region;

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    @Inject(Cache) cache: Cache,
    private readonly statistics: MarketStatistics,
  ) {
    this.answers = cache.region({ name: 'pricing.analytics', ttlMs: 5 * minute, max: 1_000 });
  }

  supply(filter: MarketFilter): Promise<string> {
    return this.answer(['supply', this.today, filter], () => this.supplies(filter));
  }

  trends(filter: MarketFilter, from: number, to: number, interval: Interval): Promise<string> {
    return this.answer(['trends', filter, from, to, interval], async () => (await this.statistics.trend(filter, from, to, interval)).map(trendView));
  }

  segments(filter: MarketFilter, asked: SegmentsAsked): Promise<AnalyticsPage> {
    return this.page(['segments', this.today, filter, asked], async () => {
      const { items, total } = await this.statistics.segments(filter, this.today, asked);
      return { items: items.map(segmentView), total };
    });
  }

  sources(filter: MarketFilter, asked: { readonly offset: number; readonly limit: number }): Promise<AnalyticsPage> {
    return this.page(['sources', filter, asked], async () => {
      const { items, total } = await this.statistics.sources(filter, asked);
      return { items: items.map(sourceView), total };
    });
  }

  depreciation(filter: MarketFilter): Promise<string> {
    const year = this.db.clock.now().getUTCFullYear();
    return this.answer(['depreciation', year, filter], async () => (await this.statistics.ages(filter, year)).map(ageView));
  }

  overview(filter: MarketFilter): Promise<string> {
    return this.answer(['overview', this.today, filter], async () => ({
      as_of: this.db.clock.now().toISOString().slice(0, 10),
      markets: await this.supplies(filter),
      best_segments: (await this.statistics.segments(filter, this.today, { sort: 'score', least: 5, offset: 0, limit: 10 })).items.map(segmentView),
      sources: (await this.statistics.sources(filter, { offset: 0, limit: 50 })).items.map(sourceView),
    }));
  }

  get today(): number {
    return dayOf(this.db.clock.now());
  }

  private async supplies(filter: MarketFilter) {
    return (await this.statistics.supply(filter, this.today, supplyDays)).map(supplyView);
  }

  private async page<T>(key: readonly unknown[], work: () => Promise<Listed<T>>): Promise<AnalyticsPage> {
    const text = await this.answer(key, async () => {
      const { items, total } = await work();
      return [total, JSON.stringify(items)];
    });
    const [total, json] = pageSchema.parse(JSON.parse(text));
    return { total, json };
  }

  private async answer(key: readonly unknown[], work: () => Promise<unknown>): Promise<string> {
    const name = hash('sha1', JSON.stringify(key), 'base64url');
    const entry = await this.answers.find(name, async () => ({ body: JSON.stringify(await work()) }));
    if (entry === null) throw new Error('an answer about the market was lost');
    return entry.body;
  }
}
