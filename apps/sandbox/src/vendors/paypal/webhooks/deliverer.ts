import { randomUUID } from 'node:crypto';
import { Carrier, type Disturbance, type Letter } from '../../../shared/carrier';
import type { Account } from '../account';
import type { PaypalEvent, Webhook } from '../objects';
import { certificateOf } from './certificates';
import { headersFor, renderEvent, writeEvent } from './signature';

const mostAttempts = 25;

/** Tells webhooks of events, each with a signature of its own. */
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

  /** Sends an event once more, to some webhooks or to all that want it. */
  resend(event: PaypalEvent, to?: readonly string[]): void {
    for (const webhook of this.account.webhooks.oldestFirst()) if (to === undefined ? wants(webhook, event.event_type) : to.includes(webhook.id)) this.enqueue(event, webhook, 0);
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
    const transmission = { id: randomUUID(), time: `${new Date().toISOString().slice(0, 19)}Z`, webhook: webhook.id };
    const headers = { 'content-type': 'application/json', accept: '*/*', 'user-agent': 'PayPal/AUHD-214.0-58843670', 'correlation-id': randomUUID().slice(0, 13), ...headersFor(account, certificateOf(account), transmission, body) };
    return { url: webhook.url, headers, body, before: delivery.attempts };
  }

  private tried(id: string, taken: boolean): boolean {
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
