import { Carrier, type Disturbance, type Letter } from '../../../shared/carrier';
import type { Account } from '../account';
import type { Delivery, StripeEvent, WebhookEndpoint } from '../objects';
import { signatureOf } from './signature';

/** Stripe goes on for three days; this goes on for some three hours. */
const mostAttempts = 48;

/** Tells endpoints of events, each signed with every secret that is good. */
export class Deliverer {
  private readonly carrier: Carrier;

  constructor(
    private readonly account: Account,
    disturbance: () => Disturbance,
    onError: (error: unknown) => void,
  ) {
    this.carrier = new Carrier({ disturbance, onError, letter: (id) => this.letter(id), tried: (id, taken) => this.tried(id, taken) });
    account.onEvent = (event) => this.take(event);
    for (const delivery of account.deliveries.oldestFirst()) this.carrier.resume(delivery.id);
  }

  close(): void {
    this.carrier.close();
  }

  /** Sends an event once more, as the dashboard's button does. */
  resend(event: StripeEvent, endpoint: WebhookEndpoint): void {
    this.enqueue(event, endpoint, 0);
  }

  private take(event: StripeEvent): void {
    const { copies } = this.carrier;
    for (const endpoint of this.account.endpoints.oldestFirst()) {
      if (endpoint.status !== 'enabled' || !(endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(event.type))) continue;
      event.pending_webhooks += 1;
      for (let copy = 0; copy < copies; copy += 1) this.enqueue(event, endpoint, copy);
    }
  }

  private enqueue(event: StripeEvent, endpoint: WebhookEndpoint, copy: number): void {
    const delivery = this.account.deliveries.put({ id: this.account.id('dlv'), object: 'delivery', created: event.created, event: event.id, endpoint: endpoint.id, attempts: 0 });
    this.carrier.send(delivery.id, copy);
  }

  private letter(id: string): Letter | null {
    const { account } = this;
    const delivery = account.deliveries.get(id);
    const event = account.events.get(delivery?.event ?? '');
    const endpoint = account.endpoints.get(delivery?.endpoint ?? '');
    if (delivery === undefined) return null;
    if (event === undefined || endpoint === undefined || endpoint.status !== 'enabled') {
      this.done(delivery, null);
      return null;
    }
    const body = JSON.stringify({ ...event, api_version: endpoint.api_version ?? event.api_version }, null, 2);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      accept: '*/*; q=0.5, application/xml',
      'cache-control': 'no-cache',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signatureOf(secretsOf(endpoint), body, Math.floor(Date.now() / 1_000)),
    };
    return { url: endpoint.url, headers, body, before: delivery.attempts };
  }

  private tried(id: string, taken: boolean): boolean {
    const delivery = this.account.deliveries.get(id);
    if (delivery === undefined) return false;
    delivery.attempts += 1;
    const again = !taken && delivery.attempts < mostAttempts;
    if (!again) {
      this.done(delivery, taken ? (this.account.events.get(delivery.event) ?? null) : null);
      return false;
    }
    this.account.deliveries.put(delivery);
    this.account.flush();
    return true;
  }

  private done(delivery: Delivery, event: StripeEvent | null): void {
    this.account.deliveries.remove(delivery.id);
    if (event !== null && event.pending_webhooks > 0) {
      event.pending_webhooks -= 1;
      this.account.events.put(event);
    }
    this.account.flush();
  }
}

/** The newest first; old ones until their time is over. */
export const secretsOf = (endpoint: WebhookEndpoint, now = Date.now()): readonly string[] => endpoint._secrets.filter(({ until }) => until === null || until > now).map(({ secret }) => secret);
