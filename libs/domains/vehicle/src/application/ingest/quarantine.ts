import type { ListingStatus } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import type { Captured } from '../../domain/ingest/captured';
import type { Complaint } from '../../domain/ingest/judge';

/** What could not be taken in, as it was captured: the first capture at each price, and the last of all. */
export interface Quarantined {
  readonly id: string;
  readonly ownerTenantId: string | null;
  readonly captures: readonly Captured[];
  readonly attempts: number;
}

export interface Ended {
  readonly source: string;
  readonly externalId: string;
  readonly status: ListingStatus;
  readonly at: Date;
}

export interface Refused {
  readonly captured: Captured;
  readonly complaints: readonly Complaint[];
  /** The model that it may be a car of, once one is found that agrees; null where that would not help. */
  readonly carKey: string | null;
}

export interface QuarantineCriteria {
  readonly state?: readonly string[] | undefined;
  readonly source?: readonly string[] | undefined;
  readonly reason?: string | undefined;
  readonly externalId?: string | undefined;
}

/** Whose it is that may be seen or taken: what the installation shares, and this tenant's. Null for whoever belongs to none. */
export interface Onlooker {
  readonly tenantId: string | null;
}

export interface Which {
  readonly ids?: readonly string[];
  readonly source?: string;
  readonly reason?: string;
  readonly after?: string;
}

export abstract class Quarantine {
  /** One place per listing: what is captured later takes the place of what waits, which is kept where it named another price. */
  abstract put(tx: Tx, ownerTenantId: string | null, rows: readonly Refused[], at: Date): Promise<void>;
  /** The same listings were taken in after all, by what came later: what had waited of them. */
  abstract superseded(tx: Tx, ownerTenantId: string | null, keys: readonly { readonly source: string; readonly externalId: string }[], at: Date): Promise<Quarantined[]>;
  /** Whose listings of which sources are meant: what whoever takes them locks first. */
  abstract sourcesOf(tx: Tx, which: Which, by: Onlooker | null, limit: number): Promise<{ readonly ownerTenantId: string | null; readonly source: string }[]>;
  /** Locked until the transaction ends. Without an onlooker, whoever's they are. */
  abstract claim(tx: Tx, which: Which, by: Onlooker | null, limit: number): Promise<Quarantined[]>;
  /** What waits for a car of one of these models; not locked. */
  abstract waitingFor(tx: Tx, ownerTenantId: string | null, carKeys: readonly string[], limit: number): Promise<Quarantined[]>;
  /** Offers that are over while they wait: they are taken in as such, if ever. */
  abstract ended(tx: Tx, ownerTenantId: string | null, listings: readonly Ended[]): Promise<void>;
  abstract accepted(tx: Tx, ids: readonly string[], by: string | null, at: Date): Promise<void>;
  abstract discarded(tx: Tx, id: string, onlooker: Onlooker, by: string | null, note: string, at: Date): Promise<boolean>;
}
