import { Agent as PlainAgent, request as plainRequest, type RequestOptions } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Account } from '../account';
import type { Delivery, StripeEvent, WebhookEndpoint } from '../objects';
import { signatureOf } from './signature';

export interface Disturbance {
  /** Of attempts that never arrive; true loses them all. */
  readonly drop: boolean;
  /** How often more than once each event is sent. */
  readonly duplicate: number;
  readonly reorder: boolean;
  readonly delay_ms: number;
  /** What the receiver answers to a first attempt is lost, so that it comes again. */
  readonly fail_after_commit: boolean;
}

/** Quicker than Stripe's, which goes on for three days; this goes on for some three hours. */
const backOffMs = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 120_000, 300_000] as const;
const mostAttempts = 48;
const timeoutMs = 10_000;
const gatherMs = 150;

/** Carries events to their endpoints, and again until somebody takes them: in real time, since receivers live in it. */
export class Deliverer {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly plain = new PlainAgent({ keepAlive: true, maxSockets: 32 });
  private readonly secure = new SecureAgent({ keepAlive: true, maxSockets: 32 });
  private gathered: string[] = [];
  private gathering = false;
  private closed = false;

  constructor(
    private readonly account: Account,
    private readonly disturbance: () => Disturbance,
    private readonly onError: (error: unknown) => void,
  ) {
    account.onEvent = (event) => this.take(event);
    // What a former process had still to send.
    for (const delivery of account.deliveries.oldestFirst()) this.after(0, delivery.id);
  }

  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.plain.destroy();
    this.secure.destroy();
  }

  /** Sends an event once more, as the dashboard's button does. */
  resend(event: StripeEvent, endpoint: WebhookEndpoint): void {
    this.enqueue(event, endpoint, 0);
  }

  private take(event: StripeEvent): void {
    const { duplicate } = this.disturbance();
    for (const endpoint of this.account.endpoints.oldestFirst()) {
      if (endpoint.status !== 'enabled' || !(endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(event.type))) continue;
      event.pending_webhooks += 1;
      for (let copy = 0; copy <= duplicate; copy += 1) this.enqueue(event, endpoint, copy);
    }
  }

  private enqueue(event: StripeEvent, endpoint: WebhookEndpoint, copy: number): void {
    const { delay_ms: delay, reorder } = this.disturbance();
    const delivery = this.account.deliveries.put({ id: this.account.id('dlv'), object: 'delivery', created: event.created, event: event.id, endpoint: endpoint.id, attempts: 0 });
    if (reorder) this.gather(delivery.id, delay);
    else this.after(delay + copy * 40, delivery.id);
  }

  /** What happens within a moment is sent the last first. */
  private gather(id: string, delay: number): void {
    this.gathered.push(id);
    if (this.gathering) return;
    this.gathering = true;
    this.timer(gatherMs + delay, () => {
      const ids = this.gathered.reverse();
      this.gathered = [];
      this.gathering = false;
      ids.forEach((one, place) => this.after(place * 5, one));
    });
  }

  private after(ms: number, id: string): void {
    this.timer(ms, () => void this.attempt(id).catch(this.onError));
  }

  private timer(ms: number, act: () => void): void {
    if (this.closed) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.closed) act();
    }, ms);
    this.timers.add(timer);
  }

  private async attempt(id: string): Promise<void> {
    const { account } = this;
    const delivery = account.deliveries.get(id);
    const event = account.events.get(delivery?.event ?? '');
    const endpoint = account.endpoints.get(delivery?.endpoint ?? '');
    if (delivery === undefined) return;
    if (event === undefined || endpoint === undefined || endpoint.status !== 'enabled') {
      this.done(delivery, null);
      return;
    }
    const { drop, fail_after_commit: lost } = this.disturbance();
    const first = delivery.attempts === 0;
    delivery.attempts += 1;
    account.deliveries.put(delivery);
    const taken = !drop && (await this.send(event, endpoint)) && !(lost && first);
    if (this.closed) return;
    if (taken || delivery.attempts >= mostAttempts) this.done(delivery, taken ? event : null);
    else this.after(backOffMs[Math.min(delivery.attempts, backOffMs.length) - 1] ?? 30_000, id);
    account.flush();
  }

  private done(delivery: Delivery, event: StripeEvent | null): void {
    this.account.deliveries.remove(delivery.id);
    if (event !== null && event.pending_webhooks > 0) {
      event.pending_webhooks -= 1;
      this.account.events.put(event);
    }
    this.account.flush();
  }

  /** True when the receiver took it. */
  private send(event: StripeEvent, endpoint: WebhookEndpoint): Promise<boolean> {
    const body = JSON.stringify(event, null, 2);
    const url = new URL(endpoint.url);
    const secure = url.protocol === 'https:';
    const options: RequestOptions = {
      method: 'POST',
      agent: secure ? this.secure : this.plain,
      timeout: timeoutMs,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        accept: '*/*; q=0.5, application/xml',
        'cache-control': 'no-cache',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': signatureOf(secretsOf(endpoint), body, Math.floor(Date.now() / 1_000)),
      },
    };
    return new Promise((resolve) => {
      const sent = (secure ? secureRequest : plainRequest)(url, options, (answer) => {
        answer.resume();
        answer.once('error', () => resolve(false));
        answer.once('end', () => resolve((answer.statusCode ?? 500) >= 200 && (answer.statusCode ?? 500) < 300));
      });
      sent.once('timeout', () => sent.destroy());
      sent.once('error', () => resolve(false));
      sent.end(body);
    });
  }
}

/** The newest first; old ones until their time is over. */
export const secretsOf = (endpoint: WebhookEndpoint, now = Date.now()): readonly string[] => endpoint._secrets.filter(({ until }) => until === null || until > now).map(({ secret }) => secret);
