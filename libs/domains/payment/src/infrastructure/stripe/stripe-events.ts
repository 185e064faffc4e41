import { Inject, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { isUuid, ok, refuse } from '@autobroker/kernel';
import { logger } from '@autobroker/platform/telemetry';
import Stripe from 'stripe';
import { z } from 'zod';
import { paymentConfig, type PaymentConfig } from '../../application/config';
import type { ReadEvent, VerifiedEvent } from '../../application/provider';
import { webhookAddress, WebhookSecrets, withWanted } from '../webhook-secrets';
import { StripeConnection } from './stripe-connection';

const log = logger('payment.stripe');
const toleranceS = 300;
/** What we want to hear of: whatever moves money, or says that it won't. */
const wanted: Stripe.WebhookEndpointCreateParams.EnabledEvent[] = [
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'payment_intent.amount_capturable_updated',
  'payment_intent.requires_action',
  'payment_intent.partially_funded',
  'payment_intent.processing',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'customer_cash_balance_transaction.created',
  'charge.refunded',
  'charge.expired',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
];

/** What it is noted by; the rest may be of any shape, and is not ours then. */
const eventSchema = z.looseObject({ id: z.string().min(1).max(255), type: z.string().min(1).max(255), data: z.unknown().optional() });
const named = z.union([z.string(), z.looseObject({ id: z.string() }).transform(({ id }) => id)]).nullish();
const aboutSchema = z.looseObject({ object: z.looseObject({ id: z.string().optional(), object: z.string().optional(), customer: named, payment_intent: named, charge: named, metadata: z.record(z.string(), z.string()).nullish() }) });

/** Believes an event by its signature, and takes from it whom it is about. */
@Injectable()
export class StripeEvents {
  private readonly webhooks = new Stripe('unused').webhooks;
  private completed: string | null = null;

  constructor(
    private readonly connection: StripeConnection,
    private readonly secrets: WebhookSecrets,
    @Inject(paymentConfig.token) private readonly config: PaymentConfig,
  ) {}

  async read(body: Buffer, headers: IncomingHttpHeaders): Promise<ReadEvent> {
    const signature = headers['stripe-signature'];
    if (typeof signature !== 'string') return refuse('signature_invalid', 'The event is not signed.');
    const { stripeWebhookSecrets: given = [] } = this.config;
    const known = given.length > 0 ? given : await this.secrets.of('stripe', webhookAddress(this.config, 'stripe'));
    for (const secret of known) {
      if (this.isSignedBy(body, signature, secret)) return toldBy(body);
    }
    return refuse('signature_invalid', 'The event’s signature is not ours, or too old.');
  }

  private isSignedBy(body: Buffer, signature: string, secret: string): boolean {
    try {
      return (this.webhooks.signature?.verifyHeader(body, signature, secret, toleranceS) ?? false) && !isAhead(signature);
    } catch (error) {
      if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
      throw error;
    }
  }

  /** At the sandbox we make our endpoint ourselves; at Stripe itself somebody has, and has given us its secret. What either is told of grows with what we want. */
  async listen(): Promise<void> {
    const address = webhookAddress(this.config, 'stripe');
    const found = await this.connection.find();
    if (found === null) return;
    const { client } = found;
    if ((this.config.stripeWebhookSecrets ?? []).length > 0) return this.complete(client, address);
    if (!found.isSandbox) return;
    await this.secrets.ensure('stripe', address, {
      wanted,
      eventsOf: async (id) => (await endpointsOf(client)).find((endpoint) => endpoint.id === id)?.enabled_events ?? null,
      tellOf: async (id, events) => tellOf(client, id, events),
      make: async (url) => {
        const { id, secret } = await client.webhookEndpoints.create({ url, enabled_events: wanted });
        if (secret === undefined) throw new Error('the webhook endpoint came without its secret');
        return { id, secret };
      },
      remove: async (id) => {
        await client.webhookEndpoints.del(id);
      },
    });
  }

  /** An endpoint that somebody has made is known by where it leads. Once: a key that may not look at endpoints will not later either. */
  private async complete(client: Stripe, address: string): Promise<void> {
    if (this.completed === address) return;
    try {
      const theirs = (await endpointsOf(client)).filter(({ url }) => url === address);
      if (theirs.length === 0) log.warn({ address }, 'no webhook endpoint at Stripe leads here: whether it is told of everything can’t be seen');
      for (const { id, enabled_events: told } of theirs) {
        const all = withWanted(told, wanted);
        if (all === null) continue;
        await tellOf(client, id, all);
        log.info({ endpoint: id, added: all.slice(told.length) }, 'a webhook endpoint at Stripe is told of more from now on');
      }
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripePermissionError)) throw error;
      log.warn({ address, wanted }, 'the key of Stripe may not look at webhook endpoints: see to it by hand that ours is told of all of this');
    }
    this.completed = address;
  }
}

async function endpointsOf(client: Stripe): Promise<readonly Stripe.WebhookEndpoint[]> {
  const all: Stripe.WebhookEndpoint[] = [];
  for await (const endpoint of client.webhookEndpoints.list({ limit: 100 })) all.push(endpoint);
  return all;
}

/** What is on the list already was taken by Stripe once: it comes back as it came. */
async function tellOf(client: Stripe, id: string, events: readonly string[]): Promise<void> {
  await client.webhookEndpoints.update(id, { enabled_events: events as Stripe.WebhookEndpointUpdateParams.EnabledEvent[] });
}

/** Stripe's own library looks at its age alone: signed for a time that is still to come, it would be good until then. */
const isAhead = (signature: string): boolean => !(Number([...signature.matchAll(/(?:^|,)t=(\d+)/gu)].at(-1)?.[1]) <= Date.now() / 1_000 + toleranceS);

function toldBy(body: Buffer): ReadEvent {
  const read = eventSchema.safeParse(JSON.parse(body.toString('utf8')));
  if (!read.success) return refuse('validation_failed', 'It is signed, but is no event.');
  return ok({ ...aboutWhat(read.data.data), id: read.data.id, type: read.data.type });
}

function aboutWhat(data: unknown): Pick<VerifiedEvent, 'paymentId' | 'refs'> {
  const about = aboutSchema.safeParse(data);
  if (!about.success) return { paymentId: null, refs: [] };
  const { id, payment_intent: intent, charge, metadata } = about.data.object;
  // Only the money that lies there is known by its owner: of all else there are others of the same one.
  const customer = about.data.object.object === 'customer_cash_balance_transaction' ? about.data.object.customer : null;
  const paymentId = metadata?.['payment_id'];
  return { paymentId: paymentId !== undefined && isUuid(paymentId) ? paymentId : null, refs: [id, intent, charge, customer].filter((ref): ref is string => typeof ref === 'string') };
}
