import type { TenantScope, Tx } from '@autobroker/platform/database';
import type { SavedCard, SetupTruth } from '../domain/saved-card';

export abstract class SavedCardStore {
  abstract put(tx: Tx, card: SavedCard, lookAt: Date | null): Promise<void>;
  /** Nobody else changes it until the transaction ends. */
  abstract lock(tx: Tx, scope: TenantScope, id: string): Promise<SavedCard | null>;
  abstract find(scope: TenantScope, id: string): Promise<SavedCard | null>;
  /** Those that can be used or still come, the latest first. */
  abstract ofBuyer(scope: TenantScope, buyerId: string): Promise<readonly SavedCard[]>;
  /** As whom the provider knows this buyer already. */
  abstract customerOf(scope: TenantScope, buyerId: string): Promise<string | null>;
  abstract bySession(refs: readonly string[]): Promise<readonly SavedCard[]>;
  abstract toLookAt(now: Date, limit: number): Promise<readonly SavedCard[]>;
  /** A person's that are not gone, at every tenant: nobody else changes them until the transaction ends. */
  abstract lockAllOf(tx: Tx, buyerId: string): Promise<readonly SavedCard[]>;
}

/** Who keeps cards for us. Throws `ProviderUnreachableError` where it can't be asked. */
export abstract class CardVault {
  abstract isAvailable(): Promise<boolean>;
  /** A page on which the buyer gives a card; the same one for the same card. */
  abstract open(card: SavedCard, ask: { readonly customer: string | null; readonly returnUrl: string; readonly cancelUrl: string }): Promise<{ readonly customer: string; readonly session: string; readonly url: string }>;
  abstract look(card: SavedCard): Promise<SetupTruth>;
  /** The card is forgotten there, or can't be given any more. */
  abstract remove(card: SavedCard): Promise<void>;
}
