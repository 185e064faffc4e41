import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { CardVault } from '../../application/ports-cards';
import type { SavedCard, SetupTruth } from '../../domain/saved-card';
import { StripeConnection } from './stripe-connection';
import { isMissing, refusalOf } from './stripe-errors';
import { pageOf } from './stripe-page';

const expand = ['setup_intent.payment_method'];

/** Cards are given to Stripe by its own page, in a session that takes nothing: a SetupIntent. */
@Injectable()
export class StripeCards extends CardVault {
  constructor(private readonly connection: StripeConnection) {
    super();
  }

  override async isAvailable(): Promise<boolean> {
    return (await this.connection.find()) !== null;
  }

  override open(card: SavedCard, { customer: known, returnUrl, cancelUrl }: { readonly customer: string | null; readonly returnUrl: string; readonly cancelUrl: string }): Promise<{ readonly customer: string; readonly session: string; readonly url: string }> {
    return this.ask(async (stripe) => {
      const { id, tenantId, buyerId, expiresAt } = card;
      const customer = known ?? (await stripe.customers.create({ metadata: { buyer_id: buyerId, tenant_id: tenantId } }, { idempotencyKey: `${tenantId}:${buyerId}:customer` })).id;
      const metadata = { saved_card_id: id };
      const session = await stripe.checkout.sessions.create(
        {
          ...pageOf({ id, expiresAt, metadata, returnUrl, cancelUrl }),
          mode: 'setup',
          currency: 'eur',
          customer,
          setup_intent_data: { metadata },
        },
        { idempotencyKey: `${id}:setup` },
      );
      if (session.url === null) throw new Error(`session ${session.id} has no page`);
      return { customer, session: session.id, url: session.url };
    });
  }

  override look(card: SavedCard): Promise<SetupTruth> {
    return this.ask((stripe) => this.read(stripe, card));
  }

  override remove(card: SavedCard): Promise<void> {
    return this.ask(async (stripe) => {
      const truth = card.refs.method === null ? await this.read(stripe, card) : null;
      const method = truth?.status === 'ready' ? truth.method : card.refs.method;
      if (method !== null) await this.detach(stripe, method);
      else if (truth?.status === 'open' && card.refs.session !== null) await stripe.checkout.sessions.expire(card.refs.session, {}, { idempotencyKey: `${card.id}:expire` });
    });
  }

  private async read(stripe: Stripe, { refs }: SavedCard): Promise<SetupTruth> {
    const session = refs.session === null ? null : await this.sessionOf(stripe, refs.session);
    // What Stripe does not know any more can't be given there.
    if (session === null) return { status: 'over' };
    const { status, setup_intent: setup } = session;
    const method = setup === null || typeof setup === 'string' || setup.status !== 'succeeded' ? null : setup.payment_method;
    if (typeof method === 'object' && method?.card !== undefined) {
      const { brand, last4, exp_month: expMonth, exp_year: expYear } = method.card;
      return { status: 'ready', method: method.id, card: { brand, last4, expMonth, expYear } };
    }
    return { status: status === 'expired' ? 'over' : 'open' };
  }

  private async sessionOf(stripe: Stripe, id: string): Promise<Stripe.Checkout.Session | null> {
    try {
      return await stripe.checkout.sessions.retrieve(id, { expand });
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** Asked twice it is gone already. */
  private async detach(stripe: Stripe, method: string): Promise<void> {
    try {
      if ((await stripe.paymentMethods.retrieve(method)).customer !== null) await stripe.paymentMethods.detach(method);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  /** What can't be known is thrown as such by `refusalOf`; what Stripe refuses here is a fault of ours. */
  private async ask<T>(act: (stripe: Stripe) => Promise<T>): Promise<T> {
    const stripe = await this.connection.connect();
    try {
      return await act(stripe);
    } catch (error) {
      refusalOf(error);
      throw error;
    }
  }
}
