import { quoteLifetimeS, quoteType } from '@autobroker/contracts';
import type { Database, PersonVault } from '@autobroker/platform/database';
import { type RotationPolicy, SigningKeys } from '@autobroker/platform/signing';

const hourMs = 60 * 60_000;

export const quoteKeyPolicy: RotationPolicy = {
  signForMs: 30 * 24 * hourMs,
  announceMs: hourMs,
  // Until the last quote that it signed has run out, and an hour for clocks that differ.
  lingerMs: quoteLifetimeS * 1_000 + hourMs,
};

/** Pricing's own keys: whoever has them can make quotes, and nothing else. They live by the clock that quotes run out by. */
export class QuoteKeys extends SigningKeys {
  constructor(db: Database, vault: PersonVault) {
    super(db, vault, { typ: quoteType, policy: quoteKeyPolicy, clock: db.clock, system: { kind: 'system', id: 'pricing' } });
  }
}
