import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { logger } from '@autobroker/platform/telemetry';
import { LookAtPayment } from './look-at-payment';
import { PaymentReader, ProviderEventStore, type StoredEvent } from './ports';
import type { LookHint } from './provider';
import { SavedCards } from './saved-cards';

const log = logger('payment.events');
const atOnce = 100;
const inParallel = 4;
const claimMs = 120_000;

/** Looks after what providers have told: each payment is asked about once, however many events there were of it. */
@Injectable()
export class ProcessEvents {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly events: ProviderEventStore,
    private readonly reader: PaymentReader,
    private readonly look: LookAtPayment,
    private readonly cards: SavedCards,
  ) {}

  /** Throws when something is left that could not be looked after now. */
  async run(signal: AbortSignal): Promise<{ readonly applied: number; readonly foreign: number }> {
    let [applied, foreign, failed] = [0, 0, 0];
    for (;;) {
      const now = this.db.clock.now();
      const claimed = await this.events.claim(now, new Date(now.getTime() + claimMs), atOnce);
      if (claimed.length === 0) break;
      const { byPayment, strange } = await this.sort(claimed);
      const ofCards = await this.heardOfCards(strange);
      const others = strange.filter((event) => !ofCards.includes(event));
      await this.events.processed(others, 'foreign', now);
      foreign += others.length;
      applied += ofCards.length;
      const groups = [...byPayment];
      const work = async (): Promise<void> => {
        for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
          const [paymentId, events] = group;
          try {
            await this.apply(paymentId, events);
            applied += events.length;
          } catch (error) {
            failed += events.length;
            log.warn({ err: error, payment: paymentId }, 'a payment could not be looked at');
          }
        }
      };
      await Promise.all(Array.from({ length: inParallel }, work));
      // Whatever has come since has brought its own call for somebody to look.
      if (signal.aborted || claimed.length < atOnce) break;
    }
    if (failed > 0) throw new Error(`${failed} events of payment providers are left for later`);
    return { applied, foreign };
  }

  /** That they are done with is written with what they have brought; where there is nothing to write it with, by itself. */
  private async apply(paymentId: string, events: readonly StoredEvent[]): Promise<void> {
    let isNoted = false;
    await this.look.run(paymentId, hintOf(events), async (tx) => {
      await this.events.applied(tx, events, this.db.clock.now());
      isNoted = true;
    });
    if (!isNoted) await this.events.processed(events, 'applied', this.db.clock.now());
  }

  private async sort(events: readonly StoredEvent[]): Promise<{ readonly byPayment: ReadonlyMap<string, readonly StoredEvent[]>; readonly strange: readonly StoredEvent[] }> {
    const byPayment = new Map<string, StoredEvent[]>();
    const strange: StoredEvent[] = [];
    const known = await this.reader.knownBy(events.flatMap(({ paymentId }) => (paymentId === null ? [] : [paymentId])), events.flatMap(({ refs }) => refs));
    for (const event of events) {
      const id = known.find(({ id: one, ref }) => one === event.paymentId || event.refs.includes(ref))?.id ?? null;
      if (id === null) strange.push(event);
      else byPayment.set(id, [...(byPayment.get(id) ?? []), event]);
    }
    return { byPayment, strange };
  }

  /** Of what is about no payment: what is about a card that a buyer keeps. */
  private async heardOfCards(events: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
    const known = await this.cards.heard(events.flatMap(({ refs }) => refs));
    const theirs = events.filter(({ refs }) => refs.some((ref) => known.has(ref)));
    await this.events.processed(theirs, 'applied', this.db.clock.now());
    return theirs;
  }
}

/** Before the provider's answer to us has been written down, its event says by which names it knows the payment. */
function hintOf(events: readonly StoredEvent[]): LookHint {
  const refs = events.flatMap((event) => event.refs);
  const session = refs.find((ref) => ref.startsWith('cs_') || ref.startsWith('order:'));
  return { session: session?.replace('order:', ''), intent: refs.find((ref) => ref.startsWith('pi_')) };
}
