import { Inject, Injectable } from '@nestjs/common';
import type { ProblemCode } from '@autobroker/contracts';
import { type Refusal, type Result, type Stock, ok, refusal, refuse } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { contradictions, tidyFacts } from '../domain/facts';
import type { Offer } from '../domain/offer';
import { ownerOfNew } from '../domain/visibility';
import { sightingOfOffer, type Sighting, type TakenIn } from './ingest/sighting';
import { TakeIn } from './ingest/take-in';
import type { Requester } from './requester';

export type RowRefusal = Refusal<ProblemCode>;
export type RowOutcome =
  | { readonly result: 'created' | 'updated' | 'unchanged'; readonly vehicleId: string; readonly listingId: string }
  | { readonly result: 'refused'; readonly refusal: RowRefusal };

/**
 * Takes in up to a thousand offers at once. Each is created, updated or found unchanged by its key (source, external id);
 * one that can't be used is refused by itself and the others go in. One transaction, and as many statements as for one row.
 * Whoever sends offers knows their cars: none of them looks for its car among those of other sources.
 */
@Injectable()
export class UpsertVehicles {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly takeIn: TakeIn,
  ) {}

  async run(
    rows: readonly Result<Offer, RowRefusal>[],
    stock: Stock | undefined,
    by: Requester,
  ): Promise<Result<RowOutcome[], Refusal<'permission_denied'>>> {
    const owner = ownerOfNew(by, stock);
    if (!owner.ok) return owner;
    const prepared = this.prepare(rows);
    const sightings = prepared.flatMap((row) => (row.ok ? [row.value] : []));
    const taken = await this.db.transaction((tx) =>
      this.takeIn.run(tx, sightings, { ownerTenantId: owner.value, match: false, by, now: this.db.clock.now() }),
    );
    const outcomes = taken.values();
    return ok(prepared.map((row) => (row.ok ? outcomeOf(outcomes.next().value) : { result: 'refused', refusal: row.error })));
  }

  /** Everything that needs no lock: rules, and what tells a changed offer from an unchanged one. */
  private prepare(rows: readonly Result<Offer, RowRefusal>[]): Result<Sighting, RowRefusal>[] {
    const now = this.db.clock.now();
    const keys = new Set<string>();
    return rows.map((row): Result<Sighting, RowRefusal> => {
      if (!row.ok) return row;
      const facts = tidyFacts(row.value.facts);
      const sighting = sightingOfOffer({ ...row.value, facts });
      if (keys.has(sighting.key)) return refuse('conflict', 'An earlier row of this call has the same source and external_id');
      keys.add(sighting.key);
      const errors = contradictions(facts, now);
      return errors.length > 0 ? refuse('validation_failed', 'Some facts contradict each other', { errors }) : ok(sighting);
    });
  }
}

function outcomeOf(taken: TakenIn | undefined): RowOutcome {
  if (taken === undefined || taken.result === 'unknown') throw new Error('an offer was lost on the way');
  if (taken.result === 'refused') {
    return { result: 'refused', refusal: refusal('conflict', taken.complaints.map(({ detail }) => detail).join('; ')) };
  }
  const { vehicleId, listingId } = taken;
  return { result: taken.result === 'late' ? 'unchanged' : taken.result, vehicleId, listingId };
}
