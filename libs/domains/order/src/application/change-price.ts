import { Injectable } from '@nestjs/common';
import { ok, refuse, uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import type { QuoteRefusal } from '@autobroker/platform/quotes';
import { changed, type Order, type Price, type PriceChange, type QuoteFacts, rewritten, withProgress } from '../domain/order';
import type { PlacedQuote } from '../domain/place';
import { depositOf, type LineChange, repriced } from '../domain/price';
import type { StepRefusal } from '../domain/step';
import { actsAsStaff, type Caller } from './caller';
import type { OpenOrder } from './open-order';
import { type NotFound, OrderDesk, orderFor } from './order-desk';
import { OrderStore, Policies } from './ports';
import { Quotes } from './quotes';

export type ProposeRefusal = StepRefusal | NotFound | QuoteRefusal | Refusal<'conflict' | 'validation_failed' | 'quote_used'>;

export interface Proposal {
  /** A fresh quote of the same car for the same buyer; or else lines at other amounts, which only staff agree to. */
  readonly quote: string | null;
  readonly lines: readonly LineChange[];
  readonly reason: string;
}

const states = ['requested', 'inspection'];

/** Another price: proposed and shown first, agreed to by the buyer, and only then the price. */
@Injectable()
export class ChangePrice {
  constructor(
    private readonly desk: OrderDesk,
    private readonly store: OrderStore,
    private readonly quotes: Quotes,
    private readonly policies: Policies,
  ) {}

  async propose(id: string, proposal: Proposal, caller: Caller): Promise<Result<Order, ProposeRefusal>> {
    const found = await orderFor(this.store, id, caller);
    if (!found.ok) return found;
    // The signature is checked before the row is locked: its keys may have to be fetched.
    const quote = proposal.quote === null ? null : await this.quotes.readFor(found.value, proposal.quote);
    if (quote !== null && !quote.ok) return quote;
    return this.desk.change<Order, ProposeRefusal>(id, caller, async (open) => {
      const ready = this.mayPropose(open.order, proposal, caller);
      if (!ready.ok) return ready;
      const price = quote === null ? repriced(open.order.price, proposal.lines) : ok(await this.priceOf(open, quote.value));
      if (!price.ok) return price;
      const change: PriceChange = { id: uuidv7(open.now), reason: proposal.reason, proposedAt: open.now.toISOString(), price: price.value, quote: quote === null ? null : factsOf(quote.value), token: proposal.quote, expiresAt: quote === null ? null : quote.value.expiresAt };
      open.note('price_proposed', withProgress(open.order, open.now, { change }), proposal.reason);
      return ok(open.order);
    });
  }

  /** The buyer agrees, and to exactly what was shown. */
  confirm(id: string, changeId: string, caller: Caller): Promise<Result<Order, ProposeRefusal>> {
    return this.desk.change<Order, ProposeRefusal>(id, caller, async (open) => {
      const { order, now } = open;
      if (order.buyerId !== caller.id) return refuse('permission_denied', 'Only the buyer agrees to a price');
      const { change, contract } = order.progress;
      if (change?.id !== changeId) return refuse('conflict', 'There is no such proposal any more');
      if (!states.includes(order.state)) return refuse('transition_not_allowed', `The price is fixed in ${order.state}`);
      if (change.expiresAt !== null && Date.parse(change.expiresAt) <= now.getTime()) return refuse('quote_expired', 'Ask for a new one: prices may have changed.');
      if (change.quote !== null && !(await this.store.useQuote(open.tx, order.id, change.quote.id, change.token ?? ''))) return refuse('quote_used', 'An order was placed with this quote');
      const at = now.toISOString();
      // What was accepted or signed at another price has to be written again.
      const after = changed(order, now, { price: change.price, quote: change.quote ?? order.quote, priceAgreedAt: at, progress: { ...order.progress, change: null, contract: { ...contract, ...rewritten(order, now) } } });
      open.note('price_changed', after, change.reason);
      return ok(open.order);
    });
  }

  takeBack(id: string, changeId: string, caller: Caller): Promise<Result<Order, ProposeRefusal>> {
    return this.desk.change<Order, ProposeRefusal>(id, caller, (open) => {
      const { order, now } = open;
      if (order.progress.change?.id !== changeId) return refuse('conflict', 'There is no such proposal any more');
      open.note('price_taken_back', withProgress(order, now, { change: null }), actsAsStaff(order, caller) ? 'taken_back' : 'declined');
      open.followUp();
      return ok(open.order);
    });
  }

  private mayPropose(order: Order, { quote, lines }: Proposal, caller: Caller): Result<void, ProposeRefusal> {
    if (!states.includes(order.state)) return refuse('transition_not_allowed', `The price is fixed in ${order.state}`);
    if (!actsAsStaff(order, caller) && !(quote !== null && order.buyerId === caller.id)) return refuse('permission_denied', 'Other amounts are for the broker’s own people to propose');
    if ((quote === null) === (lines.length === 0)) return refuse('validation_failed', 'Either a quote or lines', { errors: [{ pointer: '/lines', code: 'either_or', detail: 'come without a quote' }] });
    return ok();
  }

  /** Before anything is held a new price has its own deposit; afterwards what is held stays held. */
  private async priceOf({ order, tx }: OpenOrder, { currency, total, lines }: PlacedQuote): Promise<Price> {
    const { policy } = await this.policies.of(tx, order.tenantId);
    const deposit = order.state === 'requested' ? depositOf(total, policy.depositShare) : Math.min(order.price.deposit, total);
    return { currency, total, lines, deposit };
  }
}

const factsOf = ({ id, expiresAt, askedPrice, priceVersion, rules, open }: PlacedQuote): QuoteFacts => ({ id, expiresAt, askedPrice, priceVersion, rules, open });
