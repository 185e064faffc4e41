import { Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { isUndecided, type Payout } from '../domain/desk-state';
import { sellerPaid } from '../domain/ledger';
import { type Caller, scopeOfCaller } from './caller';
import { Desks } from './desks';
import { DeskStore, PaymentReader } from './ports';

type PayRefusal = Refusal<'not_found' | 'transition_not_allowed' | 'already_exists'>;

/** What sellers and others are owed of completed sales. The broker's bank pays them; here it is written down that it has. */
@Injectable()
export class Payouts {
  constructor(
    private readonly reader: PaymentReader,
    private readonly store: DeskStore,
    private readonly desks: Desks,
  ) {}

  async pay(ask: { readonly id: string; readonly bankReference: string }, caller: Caller): Promise<Result<Payout, PayRefusal>> {
    const found = await this.reader.payout(scopeOfCaller(caller), ask.id);
    if (found === null) return refuse('not_found', 'There is no such payout.');
    const done = await this.desks.on(found.orderId, async (desk, tx): Promise<Result<Payout, PayRefusal>> => {
      // Read again under the order's lock.
      const payout = await this.store.payout(tx, ask.id);
      if (payout === null) return refuse('not_found', 'There is no such payout.');
      if (payout.state !== 'due') return refuse('transition_not_allowed', 'It has been paid already.');
      const isFrozen = desk.order.state === 'disputed' || [...desk.disputes.values()].some(isUndecided);
      if (isFrozen) return refuse('transition_not_allowed', 'Payouts wait while the sale is disputed.');
      if (desk.order.isCancelled) return refuse('transition_not_allowed', 'The sale came to nothing.');
      // One transfer pays one debt: the same reference again is the same transfer, written down twice.
      if (await this.store.isReferenceTaken(tx, payout, ask.bankReference)) return refuse('already_exists', 'The bank’s reference stands under another payout.');
      const paid: Payout = { ...payout, state: 'paid', bankReference: ask.bankReference, paidAt: desk.now, version: payout.version + 1 };
      await this.store.putPayout(tx, paid);
      desk.journals.push(sellerPaid(payout.id, payout.currency, payout.payee, payout.amount));
      await tx.audit({ ...caller.by, action: 'payout.paid', object: { type: 'payout', id: payout.id }, tenantId: payout.tenantId, after: { order_id: payout.orderId, payee: payout.payee, amount: payout.amount, currency: payout.currency } });
      return ok(paid);
    }, { scope: scopeOfCaller(caller), by: caller.by });
    return done?.value ?? refuse('not_found', 'There is no such payout.');
  }
}
