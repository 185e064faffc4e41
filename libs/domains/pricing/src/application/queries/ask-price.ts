import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { scrapeRequested, type ScrapeFilters } from '@autobroker/contracts';
import { type Refusal, type Result, ok, refuse, uuidv7 } from '@autobroker/kernel';
import { Cache, type Region } from '@autobroker/platform/cache';
import { type Actor, type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { type AskedFilters, canExist, canonicalText, normalise, type NormalizedFilters } from '../../domain/queries/filters';
import { isOver } from '../../domain/queries/query-state';
import { priceQueryConfig, type PriceQueryConfig } from './config';
import { type PriceQuery, PriceQueries } from './ports';
import { QueryPrices } from './query-prices';
import { SettleQueries } from './settle-queries';

export interface Asker {
  readonly actor: Actor;
  readonly userId: string;
  readonly tenantId: string | null;
  readonly from: { readonly ip: string | null; readonly request_id: string | null };
}

/** So long the same question is the same query. */
const sameMs = 3_600_000;

/** Somebody asks what a car costs: the answer from what is known at once, and fresh listings are asked for. */
@Injectable()
export class AskPrice {
  /** `query:hash(filters)` → query id, for an hour. */
  private readonly same: Region;

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly queries: PriceQueries,
    private readonly prices: QueryPrices,
    private readonly settling: SettleQueries,
    @Inject(Cache) cache: Cache,
    @Inject(priceQueryConfig.token) private readonly config: PriceQueryConfig,
  ) {
    this.same = cache.region({ name: 'pricing.same-queries', ttlMs: sameMs, max: 20_000 });
  }

  async run(asked: AskedFilters, by: Asker): Promise<Result<PriceQuery, Refusal<'limit_reached'>>> {
    if ((await this.queries.openOf(by.userId)) >= this.config.maxOpen) return refuse('limit_reached', `${this.config.maxOpen} price queries are under way; wait for one of them.`);
    const filters = normalise(asked);
    // The question of one tenant is none of another's business.
    const filtersHash = hash('sha256', `${by.tenantId ?? ''}\n${canonicalText(filters)}`, 'base64url');
    const query = await this.shared(asked, filters, filtersHash, by);
    await this.join(query.id, by);
    if (query.scrape === 'skipped' && !isOver(query.status)) await this.settling.one(query.id);
    return ok((await this.queries.find(query.id)) ?? query);
  }

  /** The query that asks the same and is not an hour old; a new one where there is none. */
  private async shared(asked: AskedFilters, filters: NormalizedFilters, filtersHash: string, by: Asker): Promise<PriceQuery> {
    const key = `query:${filtersHash}`;
    const load = (): Promise<string> => this.findOrCreate(asked, filters, filtersHash, by);
    const kept = await this.queries.find(await this.same.getOrLoad(key, load));
    if (kept !== null && kept.status !== 'failed' && this.db.clock.now().getTime() - kept.createdAt.getTime() < sameMs) return kept;
    await this.same.delete(key);
    const fresh = await this.queries.find(await this.same.getOrLoad(key, load));
    if (fresh === null) throw new Error('a price query is gone as soon as it was made');
    return fresh;
  }

  private async findOrCreate(asked: AskedFilters, filters: NormalizedFilters, filtersHash: string, by: Asker): Promise<string> {
    const price = await this.prices.of(filters);
    const now = this.db.clock.now();
    return this.db.transaction(async (tx) => {
      const known = await this.queries.findSame(tx, filtersHash, new Date(now.getTime() - sameMs));
      if (known !== null) return known;
      const scraped = canExist(filters, now);
      const query: PriceQuery = {
        id: uuidv7(now),
        version: 1,
        tenantId: by.tenantId,
        userId: by.userId,
        asked,
        filters,
        filtersHash,
        price,
        currency: price.average === null ? null : this.prices.currency,
        status: 'pending',
        scrape: scraped ? 'requested' : 'skipped',
        failureReason: null,
        capturesTold: 0,
        dueAt: scraped ? new Date(now.getTime() + this.config.scrapeMs) : now,
        createdAt: now,
        updatedAt: now,
        completedAt: null,
      };
      await this.queries.insert(tx, query);
      if (scraped) await this.request(tx, query);
      const { make, model, year } = filters;
      await tx.audit({ actor: by.actor, action: 'price_query.created', object: { type: 'price_query', id: query.id }, tenantId: by.tenantId, after: { make, model, year, status: query.status }, from: by.from });
      return query.id;
    });
  }

  private async request(tx: Tx, { id, filters }: PriceQuery): Promise<void> {
    const wanted: ScrapeFilters = { makes: [filters.make], models: [filters.model], year_min: filters.year - 2, year_max: filters.year + 2 };
    const sources = this.config.sources.length === 0 ? null : [...this.config.sources];
    // The catalogue is shared: what is found for one tenant is found for all.
    await tx.publish(scrapeRequested, { key: id, tenantId: null, data: { query_id: id, filters: wanted, sources, max_results: this.config.maxResults } });
  }

  private async join(id: string, by: Asker): Promise<void> {
    await this.db.transaction(async (tx) => {
      const added = await this.queries.addAsker(tx, id, by.userId, this.db.clock.now());
      if (added) await tx.audit({ actor: by.actor, action: 'price_query.asked', object: { type: 'price_query', id }, tenantId: by.tenantId, from: by.from });
    });
  }
}
