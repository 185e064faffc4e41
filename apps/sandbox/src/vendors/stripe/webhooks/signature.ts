import { createHmac } from 'node:crypto';

/** `t=…,v1=…` over the very bytes that are sent; one v1 for each secret that still holds. The time is the real one: receivers compare it with their own clock. */
export function signatureOf(secrets: readonly string[], body: string, seconds: number): string {
  return [`t=${seconds}`, ...secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`)].join(',');
}
