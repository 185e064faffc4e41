import type Stripe from 'stripe';

interface Page {
  /** What it is for, by our own name of it. */
  readonly id: string;
  readonly expiresAt: Date;
  readonly metadata: Readonly<Record<string, string>>;
  readonly returnUrl: string;
  readonly cancelUrl: string;
}

/** What is the same of every page of Checkout, whatever is done on it: cards are given there, and it ends with what it is for. */
export const pageOf = ({ id, expiresAt, metadata, returnUrl, cancelUrl }: Page) =>
  ({
    success_url: returnUrl,
    cancel_url: cancelUrl,
    client_reference_id: id,
    expires_at: Math.floor(expiresAt.getTime() / 1_000),
    allowed_payment_method_types: ['card'],
    metadata,
  }) satisfies Stripe.Checkout.SessionCreateParams;
