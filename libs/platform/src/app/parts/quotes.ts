import type { Clock } from '@autobroker/kernel';
import { KeyRing, type KeySource } from '../../auth';
import { QuoteVerifier } from '../../quotes';
import { Late } from './late';

/** Where the keys of quotes come from: the pricing service's own provider where it is hosted, HTTP everywhere else. */
export class QuoteParts {
  readonly source = new Late<KeySource>('the pricing service');
  readonly verifier: QuoteVerifier;

  constructor(clock: Clock, { issuer, clockSkewS }: { readonly issuer: string; readonly clockSkewS: number }) {
    const keys = new KeyRing({ keys: () => this.source.get().keys() });
    this.verifier = new QuoteVerifier(keys, { issuer, clock, clockSkewS });
  }
}
