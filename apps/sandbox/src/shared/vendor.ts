import type { SourceSlug, TruthLine } from '@autobroker/market';
import type { Chaos } from './chaos';
import type { Answer, Route } from './exchange';
import type { Shop } from './shop';

export type VendorKind = 'marketplace' | 'auction' | 'dealer' | 'fetcher' | 'valuation' | 'research' | 'payments';

/** What a vendor stands on. */
export interface World {
  /** The vendor's own address, known once it listens. */
  readonly baseUrl: () => string;
  /** The sandbox's time. */
  readonly now: () => Date;
  /** The addresses of every vendor of this sandbox. */
  readonly origins: () => readonly string[];
  /** What this vendor has on offer; throws for a vendor that sells no cars. */
  readonly shop: () => Shop;
  /** What is really so, for vendors who know the market from elsewhere. */
  readonly truth: () => Iterable<TruthLine>;
  /** The switches as they stand. */
  readonly chaos: () => Readonly<Chaos>;
  /** A file of its own for what it has to remember; null where nothing is kept. */
  readonly stateFile: () => string | null;
  /** Called after the sandbox's clock was moved. */
  readonly whenMoved: (act: () => void) => void;
  readonly whenClosed: (act: () => void) => void;
  readonly onError: (error: unknown) => void;
}

/** A vendor is one folder that exports one of these; `vendors/index.ts` lists them. */
export interface Vendor {
  readonly slug: string;
  readonly title: string;
  readonly kind: VendorKind;
  /** Its name in the market; vendors that sell no cars have none. */
  readonly source?: SourceSlug;
  /** What a client needs to be let in, as `GET /control/vendors` tells it. */
  readonly key?: Readonly<Record<string, string>>;
  /** How one talks to it, in a line each: for the front page and `GET /control/vendors`. */
  readonly hints?: (baseUrl: string) => Readonly<Record<string, string>>;
  /** Lines of its robots.txt. */
  readonly robots: (world: World) => string;
  readonly routes: (world: World) => readonly Route[];
  /** What the front page links to. */
  readonly startPath: string;
  /** It sends webhooks: `delay_ms`, `drop` and `fail_after_commit` are its own to obey. */
  readonly sendsWebhooks?: true;
  /** What it says when it is made to fail, where that is no page. */
  readonly trouble?: (status: number, retryAfter: number | null) => Answer;
  /** Printed over a corner of its pictures, as some do. */
  readonly watermark?: string;
}
