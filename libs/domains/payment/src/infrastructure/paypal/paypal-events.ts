import { Inject, Injectable } from '@nestjs/common';
import { createVerify, X509Certificate } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { isUuid, ok, refuse } from '@autobroker/kernel';
import { logger } from '@autobroker/platform/telemetry';
import { fetch } from 'undici';
import { z } from 'zod';
import { paymentConfig, type PaymentConfig } from '../../application/config';
import type { ReadEvent, VerifiedEvent } from '../../application/provider';
import { webhookAddress, WebhookSecrets } from '../webhook-secrets';
import { type PaypalApi, PaypalConnection } from './paypal-connection';

/** PayPal goes on trying for three days. */
const oldestMs = 3 * 86_400_000 + 3_600_000;
const ahead = 300_000;
const rememberCertificateMs = 3_600_000;
/** There is one at a time, and another after years. */
const newCertificatesAMinute = 30;
const log = logger('payment.paypal');

const wanted = ['CHECKOUT.ORDER.APPROVED', 'PAYMENT.AUTHORIZATION.CREATED', 'PAYMENT.AUTHORIZATION.VOIDED', 'PAYMENT.CAPTURE.COMPLETED', 'PAYMENT.CAPTURE.PENDING', 'PAYMENT.CAPTURE.DECLINED', 'PAYMENT.CAPTURE.REFUNDED', 'PAYMENT.CAPTURE.REVERSED', 'CUSTOMER.DISPUTE.CREATED', 'CUSTOMER.DISPUTE.UPDATED', 'CUSTOMER.DISPUTE.RESOLVED'];

/** What it is noted by; the rest may be of any shape, and is not ours then. */
const eventSchema = z.looseObject({ id: z.string().min(1).max(255), event_type: z.string().min(1).max(255), resource: z.unknown().optional() });
const resourceSchema = z.looseObject({
  id: z.string().optional(),
  dispute_id: z.string().optional(),
  custom_id: z.string().optional(),
  purchase_units: z.array(z.looseObject({ custom_id: z.string().optional() })).optional(),
  disputed_transactions: z.array(z.looseObject({ seller_transaction_id: z.string().optional(), custom: z.string().optional() })).optional(),
  supplementary_data: z.looseObject({ related_ids: z.looseObject({ order_id: z.string().optional(), authorization_id: z.string().optional(), capture_id: z.string().optional() }).optional() }).optional(),
});
const madeSchema = z.looseObject({ id: z.string() });
const listSchema = z.looseObject({ webhooks: z.array(madeSchema.extend({ event_types: z.array(z.looseObject({ name: z.string() })) })) });

/** Believes an event by its signature over the very bytes, with a certificate of PayPal's own. */
@Injectable()
export class PaypalEvents {
  private readonly certificates = new Map<string, { readonly certificate: X509Certificate; readonly at: number }>();
  private asked = { minute: -1, count: 0 };

  constructor(
    private readonly connection: PaypalConnection,
    private readonly secrets: WebhookSecrets,
    @Inject(paymentConfig.token) private readonly config: PaymentConfig,
  ) {}

  async read(body: Buffer, headers: IncomingHttpHeaders): Promise<ReadEvent> {
    const of = (name: string): string | null => {
      const value = headers[`paypal-${name}`];
      return typeof value === 'string' && value !== '' ? value : null;
    };
    const [id, time, signature, address] = [of('transmission-id'), of('transmission-time'), of('transmission-sig'), of('cert-url')];
    if (id === null || time === null || signature === null || address === null) return refuse('signature_invalid', 'The event is not signed.');
    const age = Date.now() - Date.parse(time);
    if (!(age <= oldestMs && age >= -ahead)) return refuse('signature_invalid', 'The event’s signature is too old.');
    const api = await this.connection.find();
    const webhooks = this.config.paypalWebhookId !== undefined ? [this.config.paypalWebhookId] : await this.secrets.of('paypal', webhookAddress(this.config, 'paypal'));
    const certificate = api === null || !isOfPaypal(address, api) ? null : await this.certificate(address);
    if (certificate === 'away') return refuse('unavailable', 'PayPal’s certificate can’t be looked at now.');
    if (certificate === null) return refuse('signature_invalid', 'The certificate is not one of PayPal’s.');
    const isGood = webhooks.some((webhook) => createVerify('RSA-SHA256').update(`${id}|${time}|${webhook}|${crc32(body)}`).verify(certificate.publicKey, signature, 'base64'));
    if (!isGood) return refuse('signature_invalid', 'The event’s signature is not PayPal’s.');
    return toldBy(body);
  }

  /** At the sandbox we make our webhook ourselves; at PayPal itself somebody has, and has given us its id. */
  async listen(): Promise<void> {
    if (this.config.paypalWebhookId !== undefined) return;
    const api = await this.connection.find();
    if (api?.isSandbox !== true) return;
    await this.secrets.ensure('paypal', webhookAddress(this.config, 'paypal'), {
      wanted,
      eventsOf: async (id) => listSchema.parse((await api.rest('GET', '/v1/notifications/webhooks')).body).webhooks.find((one) => one.id === id)?.event_types.map(({ name }) => name) ?? null,
      tellOf: async (id, events) => {
        const { status } = await api.rest('PATCH', `/v1/notifications/webhooks/${id}`, [{ op: 'replace', path: '/event_types', value: events.map((name) => ({ name })) }]);
        if (status !== 200) throw new Error(`PayPal answered ${status} to what its webhook is to be told of`);
      },
      make: async (url) => {
        const { id } = madeSchema.parse((await api.rest('POST', '/v1/notifications/webhooks', { url, event_types: wanted.map((name) => ({ name })) })).body);
        // What is signed over is the webhook's id.
        return { id, secret: id };
      },
      remove: async (id) => {
        await api.rest('DELETE', `/v1/notifications/webhooks/${id}`);
      },
    });
  }

  private async certificate(address: string): Promise<X509Certificate | null | 'away'> {
    const known = this.certificates.get(address);
    if (known !== undefined && performance.now() - known.at < rememberCertificateMs) return known.certificate;
    if (known === undefined && !this.mayAskForNew()) return 'away';
    const text = await this.fetched(address);
    if (text === null || text === 'away') return text;
    const certificate = certificateOf(text);
    if (certificate !== null) this.certificates.set(address, { certificate, at: performance.now() });
    return certificate;
  }

  /** The address comes from whoever sends: nobody makes us ask PayPal as often as they like. */
  private mayAskForNew(): boolean {
    const minute = Math.floor(performance.now() / 60_000);
    this.asked = { minute, count: this.asked.minute === minute ? this.asked.count + 1 : 1 };
    return this.asked.count <= newCertificatesAMinute;
  }

  private async fetched(address: string): Promise<string | null | 'away'> {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(this.config.timeoutMs), redirect: 'manual' });
      const text = await answer.text();
      return answer.ok ? text : answer.status < 500 ? null : 'away';
    } catch (error) {
      log.warn({ err: error, address }, 'a certificate of PayPal’s can’t be fetched');
      return 'away';
    }
  }
}

/** The address comes with the request: whoever could choose it freely would choose their own certificate. */
function isOfPaypal(address: string, api: PaypalApi): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, origin, pathname, search, username } = new URL(address);
  if (!pathname.startsWith('/v1/notifications/certs/') || search !== '' || username !== '') return false;
  if (api.isSandbox) return origin === new URL(api.url).origin;
  return protocol === 'https:' && (hostname === 'api.paypal.com' || hostname === 'api.sandbox.paypal.com' || hostname === 'api-m.paypal.com' || hostname === 'api-m.sandbox.paypal.com');
}

function certificateOf(text: string): X509Certificate | null {
  try {
    return new X509Certificate(text);
  } catch {
    return null;
  }
}

function toldBy(body: Buffer): ReadEvent {
  const event = eventSchema.safeParse(JSON.parse(body.toString('utf8')));
  if (!event.success) return refuse('validation_failed', 'It is signed, but is no event.');
  const { id, event_type: type } = event.data;
  return ok({ ...aboutWhat(type, event.data.resource), id, type });
}

function aboutWhat(type: string, told: unknown): Pick<VerifiedEvent, 'paymentId' | 'refs'> {
  const read = resourceSchema.safeParse(told);
  if (!read.success) return { paymentId: null, refs: [] };
  const resource = read.data;
  const related = resource.supplementary_data?.related_ids;
  const disputed = resource.disputed_transactions?.[0];
  const isOrder = type.startsWith('CHECKOUT.ORDER');
  const orderId = isOrder ? resource.id : related?.order_id;
  const paymentId = [resource.custom_id, resource.purchase_units?.[0]?.custom_id, disputed?.custom].find((one) => one !== undefined && isUuid(one)) ?? null;
  const refs = [resource.id, resource.dispute_id, related?.authorization_id, related?.capture_id, disputed?.seller_transaction_id, orderId].filter((ref): ref is string => ref !== undefined);
  return { paymentId, refs: [...refs, ...(orderId === undefined ? [] : [`order:${orderId}`])] };
}
