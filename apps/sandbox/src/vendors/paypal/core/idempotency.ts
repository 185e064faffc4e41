import { createHash } from 'node:crypto';
import type { Account } from '../account';
import { refused } from './errors';

/** How long a request is known by its id, in real time. */
const keptMs = 45 * 24 * 3_600_000;

export type Seen = { readonly view: readonly [view: string, id: string] | null } | null;

/** One `PayPal-Request-Id` does one thing at one address; whoever asks again is shown what has become of it. */
export class Idempotency {
  private readonly running = new Set<string>();

  constructor(private readonly account: Account) {}

  /** What was done before; null for a new request, which is then running until `end`. */
  begin(id: string, endpoint: string, content: string): Seen {
    if (id.length > 108) throw refused('INVALID_STRING_MAX_LENGTH', { field: 'PayPal-Request-Id', location: 'header', value: id.slice(0, 20) });
    const key = `${endpoint} ${id}`;
    if (this.running.has(key)) throw refused('PREVIOUS_REQUEST_IN_PROGRESS', { field: 'PayPal-Request-Id', location: 'header', value: id });
    const known = this.account.requests.get(key);
    if (known !== undefined && Date.now() < known.until) {
      if (known.fingerprint !== fingerprint(content)) throw refused('DUPLICATE_REQUEST_ID', { field: 'PayPal-Request-Id', location: 'header', value: id });
      return known;
    }
    this.running.add(key);
    return null;
  }

  /** What was refused is not kept: the same id may try again. */
  end(id: string, endpoint: string, content: string, done: { readonly view: readonly [string, string] | null } | null): void {
    const key = `${endpoint} ${id}`;
    this.running.delete(key);
    if (done === null) return;
    this.account.requests.put({ id: key, object: 'request', created: this.account.now(), fingerprint: fingerprint(content), until: Date.now() + keptMs, view: done.view });
  }
}

const fingerprint = (content: string): string => createHash('sha256').update(content).digest('base64url');
