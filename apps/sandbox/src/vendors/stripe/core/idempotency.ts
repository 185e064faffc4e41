import { createHash } from 'node:crypto';
import type { Remembered } from '../objects';
import { StripeError } from './errors';
import type { Table } from '../../../shared/store';

const keptMs = 24 * 3_600_000;

export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly request: string;
}

/** The same key gives the same answer, for a day of real time. */
export class Idempotency {
  private readonly running = new Set<string>();

  constructor(private readonly kept: Table<Remembered>) {}

  /** What was answered before; null for a new request, which is then running until `end`. */
  begin(key: string, path: string, body: string): Answered | null {
    if (key.length > 255) throw new StripeError(400, { type: 'invalid_request_error', message: `Idempotency-Key cannot exceed 255 characters: ${key.slice(0, 20)}…` });
    if (this.running.has(key)) {
      throw new StripeError(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ' + key }, { 'stripe-should-retry': 'true' });
    }
    const known = this.kept.get(key);
    if (known !== undefined && Date.now() - known.at <= keptMs) {
      const wrong = (what: string): StripeError => new StripeError(400, { type: 'idempotency_error', message: `Keys for idempotent requests can only be used ${what} Try using a key other than '${key}' if you meant to execute a different request.` });
      if (known.path !== path) throw wrong(`for the same endpoint they were first used for ('${path}' vs '${known.path}').`);
      if (known.fingerprint !== fingerprint(body)) throw wrong('with the same parameters they were first used with.');
      return known;
    }
    this.running.add(key);
    return null;
  }

  /** Nothing is kept of a request that was never begun. */
  end(key: string, path: string, body: string, answered: Answered | null, created: number): void {
    this.running.delete(key);
    if (answered === null) return;
    this.kept.put({ id: key, object: 'idempotency_key', created, path, fingerprint: fingerprint(body), at: Date.now(), ...answered });
  }
}

/** In whatever order the parameters stand. */
const fingerprint = (body: string): string => createHash('sha256').update(body.split('&').sort().join('&')).digest('base64url');
