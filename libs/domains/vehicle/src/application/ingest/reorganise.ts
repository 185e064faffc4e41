import { Inject, Injectable } from '@nestjs/common';
import { type Refusal, type Result, ok, refuse } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { mayWrite } from '../../domain/visibility';
import { ListingStore, MatchStore, VehicleStore, type MergeRecord, type Ruling } from '../ports';
import type { Requester } from '../requester';
import { SettleSales } from '../sales/settle-sales';
import { Drafts, type Draft } from './drafts';
import { isHeld, Reunion } from './reunion';
import { TakeIn } from './take-in';

export type ReorganiseRefusal = Refusal<'not_found' | 'permission_denied' | 'conflict' | 'vehicle_unavailable' | 'not_revertible'>;
type Done = Result<MergeRecord, ReorganiseRefusal>;

/** What staff decide about which listings are of one car. It can be taken back, and no machine decides otherwise afterwards. */
@Injectable()
export class Reorganise {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly vehicles: VehicleStore,
    private readonly listings: ListingStore,
    private readonly matches: MatchStore,
    private readonly takeIn: TakeIn,
    private readonly sales: SettleSales,
  ) {}

  /** The other vehicle's listings come to this one; the other is gone, and its address leads here. */
  merge(id: string, otherId: string, reason: string, by: Requester): Promise<Done> {
    return this.change(by, async (tx, drafts, reunion) => {
      if (id === otherId) return refuse('conflict', 'A vehicle is not merged with itself');
      const found = await this.read(tx, drafts, [id, otherId], by);
      if (!found.ok) return found;
      const [to, from] = [drafts.get(id), drafts.get(otherId)];
      if (to.ownerTenantId !== from.ownerTenantId) return refuse('conflict', 'Private stock is not merged with the shared catalogue');
      if (isHeld(from)) return refuse('vehicle_unavailable', 'The other vehicle is held for a buyer; release it first, or merge this one into it');
      const rulings = pairs([...to.listings.keys()], [...from.listings.keys()], 'together');
      const merge = reunion.merge(from, to, 'staff', null, [reason], reason);
      return ok({ merge, rulings });
    });
  }

  /** One of a vehicle's listings becomes a vehicle of its own. */
  split(id: string, listingId: string, reason: string, by: Requester): Promise<Done> {
    return this.change(by, async (tx, drafts, reunion) => {
      const found = await this.read(tx, drafts, [id], by);
      if (!found.ok) return found;
      const from = drafts.get(id);
      const listing = from.listings.get(listingId);
      if (listing === undefined) return refuse('not_found', 'This vehicle has no such listing');
      const others = [...from.listings.keys()].filter((other) => other !== listingId);
      if (others.length === 0) return refuse('conflict', 'It is the only listing of this vehicle');
      const to = drafts.create(from.ownerTenantId, this.db.clock.now());
      const merge = reunion.split(listing, from, to, 'staff', [reason], reason);
      return ok({ merge, rulings: pairs([listingId], others, 'apart') });
    });
  }

  /** Takes a merge or a split back, whoever decided it. */
  revert(mergeId: string, by: Requester): Promise<Done> {
    return this.change(by, async (tx, drafts, reunion) => {
      const merge = await this.matches.findMerge(tx, mergeId);
      if (merge === null || !mayWrite(by, merge.ownerTenantId).ok) return refuse('not_found', 'There is no such merge or split');
      if (merge.revertedAt !== null) return refuse('not_revertible', 'It was taken back before');
      await this.takeIn.read(tx, drafts, [merge.toVehicleId, merge.fromVehicleId]);
      const holder = drafts.byId.get(merge.toVehicleId);
      const moving = merge.listingIds.filter((one) => holder?.listings.has(one) === true);
      if (holder === undefined || moving.length < merge.listingIds.length) return refuse('not_revertible', 'Its listings have gone elsewhere since; take that back first');
      const back = drafts.byId.get(merge.fromVehicleId) ?? (merge.kind === 'merge' ? await this.restore(tx, drafts, merge.fromVehicleId) : undefined);
      if (back === undefined) return refuse('not_revertible', 'The other vehicle was deleted since');
      if (this.absorbs(merge, holder) && isHeld(holder) && isHeld(back)) return refuse('vehicle_unavailable', 'Both vehicles are held for buyers; release one of them first');
      const rulings = this.reverse(merge, moving, holder, back, reunion);
      await this.matches.dropRulings(tx, merge.id);
      await this.matches.reverted(tx, merge.id, by.actor, this.db.clock.now());
      return ok({ merge: { ...merge, revertedAt: this.db.clock.now() }, rulings });
    });
  }

  /** A split is taken back by a merge, where nothing else has come to the car that it made. */
  private absorbs({ kind, listingIds }: MergeRecord, holder: Draft): boolean {
    return kind === 'split' && [...holder.listings.keys()].every((one) => listingIds.includes(one));
  }

  private reverse(merge: MergeRecord, moving: readonly string[], holder: Draft, back: Draft, reunion: Reunion): Ruling[] {
    const kind = merge.kind === 'merge' ? 'apart' : 'together';
    const staying = [...holder.listings.keys()].filter((one) => !moving.includes(one));
    if (this.absorbs(merge, holder)) {
      const rulings = pairs(moving, [...back.listings.keys()], kind);
      reunion.merge(holder, back, 'staff', null, ['a split was taken back'], null);
      return rulings;
    }
    const rulings = pairs(moving, merge.kind === 'merge' ? staying : [...back.listings.keys()], kind);
    reunion.giveBack(moving, merge.mediaIds, holder, back);
    return rulings;
  }

  private async restore(tx: Tx, drafts: Drafts, id: string): Promise<Draft | undefined> {
    const vehicle = await this.vehicles.undelete(tx, id);
    return vehicle === null ? undefined : drafts.load(vehicle, await this.listings.ofVehicles(tx, [id]), true);
  }

  private async read(tx: Tx, drafts: Drafts, ids: readonly string[], by: Requester): Promise<Result<void, ReorganiseRefusal>> {
    await this.takeIn.read(tx, drafts, ids);
    for (const id of ids) {
      const draft = drafts.byId.get(id);
      if (draft === undefined) return refuse('not_found', 'There is no such vehicle');
      const allowed = mayWrite(by, draft.ownerTenantId);
      if (!allowed.ok) return allowed;
    }
    return ok();
  }

  private change(
    by: Requester,
    decide: (tx: Tx, drafts: Drafts, reunion: Reunion) => Promise<Result<{ merge: MergeRecord; rulings: readonly Ruling[] }, ReorganiseRefusal>>,
  ): Promise<Done> {
    const now = this.db.clock.now();
    return this.db.transaction<Done>(async (tx) => {
      const drafts = new Drafts();
      const reunion = new Reunion(drafts, null, by.actor, now);
      const decided = await decide(tx, drafts, reunion);
      if (!decided.ok) return decided;
      const { merge, rulings } = decided.value;
      await this.takeIn.write(tx, drafts, [], reunion, { by, now });
      await this.sales.offersMoved(tx, reunion.moves, now);
      if (merge.revertedAt !== null) await this.sales.takenBack(tx, merge, now);
      await this.matches.rule(tx, rulings, merge.id, now);
      return ok(merge);
    });
  }
}

const pairs = (left: readonly string[], right: readonly string[], kind: Ruling['kind']): Ruling[] => left.flatMap((a) => right.map((b) => ({ a, b, kind })));
