import { randomUUID } from 'node:crypto';
import { Carrier, type Disturbance, type Letter } from '../../../shared/carrier';
import type { Account } from '../account';
import type { PaypalEvent, Webhook } from '../objects';
import { certificateOf } from './certificates';
import { simulatedWebhook } from './samples';
import { headersFor, renderEvent, writeEvent } from './signature';

const mostAttempts = 25;

/** Tells webhooks of events, each with a signature of its own. */
export class Deliverer {
  private readonly carrier: Carrier;
  /** Sent once, whatever comes of it. */
  private readonly simulated = new Map<string, { readonly url: string; readonly body: string }>();

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

  /** Sends an event once more, to some webhooks or to all that want it. */
  resend(event: PaypalEvent, to?: readonly string[]): void {
    for (const webhook of this.account.webhooks.oldestFirst()) if (to === undefined ? wants(webhook, event.event_type) : to.includes(webhook.id)) this.enqueue(event, webhook, 0);
  }

  /** Shows a listener what an event looks like. */
  simulate(event: PaypalEvent, url: string): void {
    const id = `simulated ${event.id}`;
    this.simulated.set(id, { url, body: writeEvent(renderEvent(this.account, event)) });
    this.carrier.send(id);
  }

  private take(event: PaypalEvent): void {
    const { copies } = this.carrier;
    for (const webhook of this.account.webhooks.oldestFirst()) {
      if (!wants(webhook, event.event_type)) continue;
      for (let copy = 0; copy < copies; copy += 1) this.enqueue(event, webhook, copy);
    }
  }

  private enqueue(event: PaypalEvent, webhook: Webhook, copy: number): void {
    const delivery = this.account.deliveries.put({ id: this.account.id(), object: 'delivery', created: event.created, event: event.id, webhook: webhook.id, attempts: 0 });
    this.carrier.send(delivery.id, copy);
  }

  private letter(id: string): Letter | null {
    const { account } = this;
    const mock = this.simulated.get(id);
    if (mock !== undefined) return { ...mock, headers: this.headers(simulatedWebhook, mock.body), before: 0 };
    const delivery = account.deliveries.get(id);
    const event = account.events.get(delivery?.event ?? '');
    const webhook = account.webhooks.get(delivery?.webhook ?? '');
    if (delivery === undefined) return null;
    if (event === undefined || webhook === undefined) {
      account.deliveries.remove(id);
      account.flush();
      return null;
    }
    const body = writeEvent(renderEvent(account, event));
    return { url: webhook.url, headers: this.headers(webhook.id, body), body, before: delivery.attempts };
  }

  private headers(webhook: string, body: string): Readonly<Record<string, string>> {
    const transmission = { id: randomUUID(), time: `${new Date().toISOString().slice(0, 19)}Z`, webhook };
    return { 'content-type': 'application/json', accept: '*/*', 'user-agent': 'PayPal/AUHD-214.0-58843670', 'correlation-id': randomUUID().slice(0, 13), ...headersFor(this.account, certificateOf(this.account), transmission, body) };
  }

  private tried(id: string, taken: boolean): boolean {
    if (this.simulated.delete(id)) return false;
    const delivery = this.account.deliveries.get(id);
    if (delivery === undefined) return false;
    delivery.attempts += 1;
    const again = !taken && delivery.attempts < mostAttempts;
    if (again) this.account.deliveries.put(delivery);
    else this.account.deliveries.remove(id);
    this.account.flush();
    return again;
  }
}

const wants = ({ event_types: types }: Webhook, type: string): boolean => types.includes('*') || types.includes(type);
