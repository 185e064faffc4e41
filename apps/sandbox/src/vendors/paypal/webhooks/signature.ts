import { createPublicKey, sign, verify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { isoTime, type Account } from '../account';
import type { Certificate, PaypalEvent } from '../objects';
import { certificateUrl } from './certificates';

/** The very bytes that are sent. Slashes are escaped, as some writers of JSON do: whoever writes it anew before he checks it gets another sum. */
export const writeEvent = (event: unknown): string => JSON.stringify(event).replaceAll('/', '\\/');

export function renderEvent(account: Account, event: PaypalEvent): Readonly<Record<string, unknown>> {
  const self = `${account.baseUrl}/v1/notifications/webhooks-events/${event.id}`;
  return {
    id: event.id,
    event_version: '1.0',
    create_time: `${isoTime(event.created).slice(0, 19)}.000Z`,
    resource_type: event.resource_type,
    ...(event.resource_version === null ? {} : { resource_version: event.resource_version }),
    event_type: event.event_type,
    summary: event.summary,
    resource: event.resource,
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/resend`, rel: 'resend', method: 'POST' },
    ],
  };
}

const message = (transmission: string, time: string, webhook: string, body: string | Buffer): Buffer => Buffer.from(`${transmission}|${time}|${webhook}|${crc32(body)}`);

export interface Transmission {
  readonly id: string;
  readonly time: string;
  readonly webhook: string;
}

export function headersFor(account: Account, certificate: Certificate, { id, time, webhook }: Transmission, body: string): Readonly<Record<string, string>> {
  return {
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-auth-version': 'v2',
    'paypal-cert-url': certificateUrl(account, certificate),
    'paypal-transmission-id': id,
    'paypal-transmission-time': time,
    'paypal-transmission-sig': sign('sha256', message(id, time, webhook, body), certificate.key).toString('base64'),
  };
}

/** Whether this account has signed these bytes for that webhook. */
export function isSigned(certificate: Certificate, { id, time, webhook }: Transmission, signature: string, body: string | Buffer): boolean {
  const key = createPublicKey(new X509Certificate(certificate.pem).publicKey.export({ type: 'spki', format: 'pem' }));
  return verify('sha256', message(id, time, webhook, body), key, Buffer.from(signature, 'base64'));
}

/** The bytes of one member of a JSON object as they stand in it; null when it has none. */
export function sliceOf(json: string, member: string): string | null {
  let depth = 0;
  let text = false;
  let begun = -1;
  let name = '';
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (text) {
      if (character === '\\') at += 1;
      else if (character === '"') {
        text = false;
        if (depth === 1 && begun < 0) name = json.slice(json.lastIndexOf('"', at - 1) + 1, at);
      }
      continue;
    }
    if (character === '"') text = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === ':' && depth === 1 && begun < 0 && name === member) begun = at + 1;
    else if (begun >= 0 && depth === 1 && (character === ',' || character === '}')) return json.slice(begun, at).trim();
    if (character === '}' || character === ']') depth -= 1;
  }
  return null;
}
