import { Inject, Injectable } from '@nestjs/common';
import type { ProblemCode } from '@autobroker/contracts';
import { type Refusal, type Result, type Stock, ok, refuse } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { contradictions, tidyFacts } from '../domain/facts';
import { offerKey, type Offer } from '../domain/offer';
import { ownerOfNew } from '../domain/visibility';
import { planOffer, type OfferPlan, type PreparedOffer } from './plan-offer';
import { ListingStore, ReferencePrices, VehicleStore } from './ports';
import { RecordChanges } from './record-changes';
import type { Requester } from './requester';
import { contentHash } from './content-hash';

export type RowRefusal = Refusal<ProblemCode>;
export type RowOutcome =
  | { readonly result: 'created' | 'updated' | 'unchanged'; readonly vehicleId: string; readonly listingId: string; readonly version: number | null }
  | { readonly result: 'refused'; readonly refusal: RowRefusal };

/**
 * Takes in up to a thousand offers at once. Each is created, updated or found unchanged by its key (source, external id);
 * one that can't be used is refused by itself and the others go in. One transaction, and as many statements as for one row.
 */
@Injectable()
export class UpsertVehicles {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly vehicles: VehicleStore,
    private readonly listings: ListingStore,
    private readonly changes: RecordChanges,
    private readonly prices: ReferencePrices,
  ) {}

  async run(
    rows: readonly Result<Offer, RowRefusal>[],
    stock: Stock | undefined,
    by: Requester,
  ): Promise<Result<RowOutcome[], Refusal<'permission_denied'>>> {
    const owner = ownerOfNew(by, stock);
    if (!owner.ok) return owner;
    const prepared = this.prepare(rows);
    const offers = prepared.flatMap((row) => (row.ok ? [row.value] : []));
    const plans = offers.length === 0 ? new Map<string, OfferPlan>() : await this.write(offers, owner.value, by);
    return ok(prepared.map((row) => (row.ok ? outcomeOf(plans.get(row.value.key)) : { result: 'refused', refusal: row.error })));
  }

  /** Everything that needs no lock: rules, reference prices, and what tells a changed offer from an unchanged one. */
  private prepare(rows: readonly Result<Offer, RowRefusal>[]): Result<PreparedOffer, RowRefusal>[] {
    const now = this.db.clock.now();
    const keys = new Set<string>();
    const prepared: Result<PreparedOffer, RowRefusal>[] = [];
    for (const row of rows) {
      if (!row.ok) {
        prepared.push(row);
        continue;
      }
      const key = offerKey(row.value);
      if (keys.has(key)) {
        prepared.push(refuse('conflict', 'An earlier row of this call has the same source and external_id'));
        continue;
      }
      keys.add(key);
      const facts = tidyFacts(row.value.facts);
      const errors = contradictions(facts, now);
      if (errors.length > 0) {
        prepared.push(refuse('validation_failed', 'Some facts contradict each other', { errors }));
        continue;
      }
      const offer: Offer = { ...row.value, facts };
      const referencePrice = facts.price === null ? null : this.prices.of(facts.price, now);
      prepared.push(ok({ key, offer, referencePrice, hash: contentHash(offer) }));
    }
    return prepared;
  }

  private write(offers: readonly PreparedOffer[], ownerTenantId: string | null, by: Requester): Promise<Map<string, OfferPlan>> {
    return this.db.transaction(async (tx) => {
      const now = this.db.clock.now();
      const plans = await this.plan(tx, offers, ownerTenantId, now);
      const changing = [...plans.values()];
      const steps = changing.flatMap((plan) => ('step' in plan && plan.step !== null ? [plan.step] : []));
      await this.changes.record(tx, steps, by);
      await this.listings.insert(tx, changing.flatMap((plan) => (plan.kind === 'create' ? [plan.listing] : [])));
      await this.listings.update(tx, changing.flatMap((plan) => (plan.kind === 'update' ? [plan.listing] : [])));
      await this.listings.touch(tx, changing.flatMap((plan) => (plan.kind === 'touch' ? [plan.listing] : [])));
      return plans;
    });
  }

  private async plan(
    tx: Tx,
    offers: readonly PreparedOffer[],
    ownerTenantId: string | null,
    now: Date,
  ): Promise<Map<string, OfferPlan>> {
    const known = await this.listings.claim(tx, ownerTenantId, offers.map(({ offer }) => offer));
    const toLock = offers.flatMap(({ key, hash }) => {
      const listing = known.get(key);
      return listing === undefined || listing.contentHash === hash ? [] : [listing.vehicleId];
    });
    const locked = toLock.length === 0 ? new Map() : await this.vehicles.lock(tx, [...new Set(toLock)].sort());
    const plans = new Map<string, OfferPlan>();
    for (const offer of offers) {
      const plan = planOffer({ offer, known: known.get(offer.key), locked, ownerTenantId, now });
      plans.set(offer.key, plan);
      // A second offer of the same car builds on what the first one made of it.
      if ('step' in plan && plan.step !== null) locked.set(plan.step.after.id, plan.step.after);
    }
    return plans;
  }
}

function outcomeOf(plan: OfferPlan | undefined): RowOutcome {
  if (plan === undefined) throw new Error('an offer was lost on the way');
  switch (plan.kind) {
    case 'refuse':
      return { result: 'refused', refusal: plan.refusal };
    case 'create':
      return { result: 'created', vehicleId: plan.listing.vehicleId, listingId: plan.listing.id, version: plan.step.after.version };
    case 'update':
      return { result: 'updated', vehicleId: plan.listing.vehicleId, listingId: plan.listing.id, version: plan.step.after.version };
    case 'touch':
      return { result: 'unchanged', vehicleId: plan.listing.vehicleId, listingId: plan.listing.id, version: null };
  }
}
