import { Inject, Injectable } from '@nestjs/common';
import type { PaymentProvider } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { logger } from '@autobroker/platform/telemetry';
import { compare, type Difference, payoutParts, type Posting } from '../domain/reconcile';
import { LookAtPayment } from './look-at-payment';
import { ReconciliationStore } from './ports-reconciliation';
import { DeskStore, PaymentReader } from './ports';
import { type Movement, type PaymentGateway, PaymentGateways, ProviderUnreachableError } from './provider';

const log = logger('payment.reconcile');
const dayMs = 86_400_000;

export interface ReconciliationReport {
  readonly provider: PaymentProvider;
  readonly day: string;
  readonly movements: number;
  readonly healed: number;
  readonly breaks: number;
}

/** A day's books of a provider against our own. What does not fit is looked at once more, and queued if it still does not. */
@Injectable()
export class Reconcile {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly gateways: PaymentGateways,
    private readonly store: ReconciliationStore,
    private readonly reader: PaymentReader,
    private readonly look: LookAtPayment,
    private readonly desks: DeskStore,
  ) {}

  async run(ask: { readonly provider: PaymentProvider | null; readonly day: string | null }): Promise<readonly ReconciliationReport[]> {
    const day = ask.day ?? new Date(this.db.clock.now().getTime() - dayMs).toISOString().slice(0, 10);
    const reports: ReconciliationReport[] = [];
    for (const gateway of this.gateways.all()) {
      if (ask.provider !== null && ask.provider !== gateway.provider) continue;
      if (!(await gateway.isAvailable())) continue;
      try {
        reports.push(await this.day(gateway, day));
      } catch (error) {
        if (!(error instanceof ProviderUnreachableError) || ask.provider !== null) throw error;
        log.warn({ err: error, provider: gateway.provider, day }, 'a provider’s books could not be read');
      }
    }
    return reports;
  }

  private async day(gateway: PaymentGateway, day: string): Promise<ReconciliationReport> {
    const startedAt = this.db.clock.now();
    const from = new Date(`${day}T00:00:00.000Z`);
    const to = new Date(from.getTime() + dayMs);
    const movements = (await gateway.movements(from, to)).filter(({ kind }) => kind !== 'payout');
    const first = compare(movements, await this.postings(gateway.provider, movements, from, to));
    // What a webhook that was lost would have told is learned now, and is no break.
    const odd = new Set(first.map(({ ref }) => ref));
    const healed = await this.heal(movements.flatMap(({ of, hints }) => (of !== null && odd.has(of) ? [of, ...hints] : [])));
    const second = healed === 0 ? first : compare(movements, await this.postings(gateway.provider, movements, from, to));
    const left = await this.overAllDays(gateway, second);
    await this.bookPayouts(gateway, from, to);
    const breaks = await this.store.finish({ provider: gateway.provider, day, movements: movements.length, breaks: left, startedAt, finishedAt: this.db.clock.now() });
    return { provider: gateway.provider, day, movements: movements.length, healed, breaks };
  }

  /** What happened on two days, or was heard of after midnight, fits when all days are counted. */
  private async overAllDays(gateway: PaymentGateway, differences: readonly Difference[]): Promise<readonly Difference[]> {
    const left: Difference[] = [];
    for (const one of differences) {
      const total = one.ref === null || one.expected === null ? null : await gateway.totalOf(one.ref, one.currency);
      if (total === null || total !== one.expected) left.push(total === null ? one : { ...one, actual: total });
    }
    return left;
  }

  private postings(provider: PaymentProvider, movements: readonly Movement[], from: Date, to: Date): Promise<readonly Posting[]> {
    return this.store.postings(provider, movements.flatMap(({ of }) => (of === null ? [] : [of])), from, to);
  }

  private async heal(refs: readonly string[]): Promise<number> {
    const payments = new Set((await this.reader.knownBy([], refs)).map(({ id }) => id));
    for (const id of payments) await this.look.run(id);
    return payments.size;
  }

  /** What the provider has paid out to our bank: for each order what of it was that order's. */
  private async bookPayouts(gateway: PaymentGateway, from: Date, to: Date): Promise<void> {
    const now = this.db.clock.now();
    const payouts = await gateway.payouts(from, to);
    const booked = await this.store.owners(gateway.provider, payouts.map(({ ref }) => ref));
    for (const payout of payouts) {
      // Booked once as it was known then: that more is known of what it carries does not book it again.
      if (booked.has(payout.ref)) continue;
      const owners = await this.store.owners(gateway.provider, payout.carries.flatMap(({ of }) => (of === null ? [] : [of])));
      const journals = payoutParts(gateway.provider, payout, owners);
      await this.db.transaction((tx) => this.desks.post(tx, journals, now));
    }
  }
}
