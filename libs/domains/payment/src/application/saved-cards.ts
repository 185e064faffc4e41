import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result, uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, systemScope, type Tx } from '@autobroker/platform/database';
import { logger } from '@autobroker/platform/telemetry';
import { givenUp, heardOf, isGone, lookAtAfterFault, newSavedCard, nextLookAt, opened, removed, removing, type SavedCard } from '../domain/saved-card';
import { type Caller, scopeOfCaller } from './caller';
import { paymentConfig, type PaymentConfig } from './config';
import { type Doer, ourselves } from './desks';
import { CardVault, SavedCardStore } from './ports-cards';
import { ProviderUnreachableError } from './provider';

const log = logger('payment.cards');
const across = systemScope('saved cards of every tenant');
const atOnce = 100;

type SaveRefusal = Refusal<'payment_method_unavailable' | 'unavailable' | 'not_found'>;
export const noSuchCard = (): Result<never, Refusal<'not_found'>> => refuse('not_found', 'There is no such saved card.');
const theirs = (card: SavedCard | null, { userId }: Caller): Result<SavedCard, Refusal<'not_found'>> => (card === null || card.buyerId !== userId || isGone(card) ? noSuchCard() : ok(card));

/** Cards that buyers keep for their next payment. Each is its buyer's alone: the broker's people neither see nor use it. */
@Injectable()
export class SavedCards {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly store: SavedCardStore,
    private readonly vault: CardVault,
    @Inject(paymentConfig.token) private readonly config: PaymentConfig,
  ) {}

  async list(caller: Caller): Promise<readonly SavedCard[]> {
    return caller.userId === null ? [] : this.store.ofBuyer(scopeOfCaller(caller), caller.userId);
  }

  async one(id: string, caller: Caller): Promise<Result<SavedCard, Refusal<'not_found'>>> {
    return theirs(await this.store.find(scopeOfCaller(caller), id), caller);
  }

  /** That somebody wants to is written down; then the provider opens its page, on which the card is given. */
  async save(caller: Caller): Promise<Result<SavedCard, SaveRefusal>> {
    if (caller.userId === null) return refuse('not_found', 'A card belongs to a person.');
    if (!(await this.vault.isAvailable())) return refuse('payment_method_unavailable', 'Cards can’t be kept here.');
    const at = this.db.clock.now();
    const begun = newSavedCard({ id: uuidv7(at), tenantId: caller.tenantId, buyerId: caller.userId, at, expiresAt: new Date(at.getTime() + this.config.payTimeMs) });
    await this.db.transaction((tx) => this.write(tx, begun, 'begun', caller.by));
    const back = (outcome: string): string => `${this.config.portalUrl}/payment-methods?saved=${begun.id}&outcome=${outcome}`;
    try {
      const customer = await this.store.customerOf(scopeOfCaller(caller), caller.userId);
      const page = await this.vault.open(begun, { customer, returnUrl: back('done'), cancelUrl: back('cancelled') });
      return ok(await this.change(begun.id, (card, now) => opened(card, page, now), caller.by));
    } catch (error) {
      if (!(error instanceof ProviderUnreachableError)) throw error;
      return refuse('unavailable', 'Whoever keeps the cards can’t be reached now.');
    }
  }

  /** Not used any more from here on; the provider forgets it at once, or when it can be reached again. */
  async remove(id: string, version: number | undefined, caller: Caller): Promise<Result<void, Refusal<'not_found' | 'precondition_failed'>>> {
    const done = await this.db.transaction<Result<SavedCard, Refusal<'not_found' | 'precondition_failed'>>>(async (tx) => {
      const card = theirs(await this.store.lock(tx, scopeOfCaller(caller), id), caller);
      if (!card.ok) return card;
      if (version !== undefined && version !== card.value.version) return refuse('precondition_failed', `The card is at version ${card.value.version}.`);
      const going = removing(card.value, this.db.clock.now());
      await this.write(tx, going, 'removing', caller.by);
      return ok(going);
    });
    if (!done.ok) return done;
    await this.quietly(done.value, () => this.takeAway(done.value));
    return ok();
  }

  /** Somebody has given a card, or has not: which of these names of a provider's event are of a card of ours. */
  async heard(refs: readonly string[]): Promise<ReadonlySet<string>> {
    const cards = await this.store.bySession(refs);
    // Only an open one can have news. One that can't be asked about now is looked at by the sweep, and holds up no other.
    for (const card of cards) if (card.state === 'open') await this.quietly(card, () => this.look(card));
    return new Set(cards.flatMap(({ refs: { session } }) => (session === null ? [] : [session])));
  }

  /** What no webhook has told, and what could not be done before. */
  async sweep(): Promise<number> {
    const due = await this.store.toLookAt(this.db.clock.now(), atOnce);
    for (const card of due) {
      await this.quietly(card, async () => {
        if (card.state === 'open') await this.look(card);
        else if (card.state === 'removing') await this.takeAway(card);
        else await this.change(card.id, givenUp);
      });
    }
    return due.length;
  }

  /** None of their cards is used any more, and the sweep takes each from the provider. */
  async forget(tx: Tx, personId: string): Promise<void> {
    const now = this.db.clock.now();
    const going = (await this.store.lockAllOf(tx, personId)).map((card) => removing(card, now));
    for (const card of going) await this.store.put(tx, card, nextLookAt(card, now));
    if (going.length > 0) await tx.audit({ ...ourselves, action: 'saved_card.person_forgotten', object: { type: 'user', id: personId }, tenantId: null, after: { cards: going.length } });
  }

  private async look(card: SavedCard): Promise<void> {
    const truth = await this.vault.look(card);
    await this.change(card.id, (now, at) => heardOf(now, truth, at));
  }

  private async takeAway(card: SavedCard): Promise<void> {
    await this.vault.remove(card);
    await this.change(card.id, removed);
  }

  private async change(id: string, work: (card: SavedCard, now: Date) => SavedCard, by: Doer = ourselves): Promise<SavedCard> {
    return this.db.transaction(async (tx) => {
      const card = await this.store.lock(tx, across, id);
      if (card === null) throw new Error(`saved card ${id} is gone`);
      const now = this.db.clock.now();
      const after = work(card, now);
      // Looked at and found as it was: it is looked at again later.
      if (after === card) await this.store.put(tx, card, nextLookAt(card, now));
      else await this.write(tx, after, after.state, by);
      return after;
    });
  }

  private async write(tx: Tx, card: SavedCard, what: string, by: Doer): Promise<void> {
    await this.store.put(tx, card, nextLookAt(card, this.db.clock.now()));
    await tx.audit({ ...by, action: `saved_card.${what}`, object: { type: 'saved_card', id: card.id }, tenantId: card.tenantId, after: { state: card.state, version: card.version } });
  }

  /** What can't be asked now is asked by the sweep. */
  private async quietly(card: SavedCard, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error, card: card.id }, 'a saved card waits for the sweep');
      await this.lookLater(card.id);
    }
  }

  private async lookLater(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const card = await this.store.lock(tx, across, id);
      if (card !== null) await this.store.put(tx, card, lookAtAfterFault(card, this.db.clock.now()));
    });
  }
}
