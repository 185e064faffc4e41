import type { SignerRole } from '@autobroker/kernel';
import type { Database, TenantScope, Tx } from '@autobroker/platform/database';
import type { Language } from '../domain/paper/paper';

export const requestStates = ['wanted', 'open', 'signed', 'declined', 'withdrawn'] as const;
type RequestState = (typeof requestStates)[number];

export interface SignatureRequestRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly documentId: string;
  readonly role: SignerRole;
  readonly state: RequestState;
  /** Name and address, under the buyer's key. */
  readonly recipientSealed: string;
  readonly providerId: string | null;
  readonly providerSha256: string | null;
  readonly problem: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** When it is asked after next; null where nobody asks by himself any more. */
  readonly tryAt: Date | null;
}

export interface Recipient {
  readonly name: string;
  readonly email: string;
}

export abstract class SignatureRequestStore {
  abstract insert(tx: Tx, request: SignatureRequestRecord): Promise<void>;
  abstract byId(on: Database | Tx, id: string): Promise<SignatureRequestRecord | null>;
  abstract lock(tx: Tx, id: string): Promise<SignatureRequestRecord | null>;
  abstract ofDocument(scope: TenantScope, on: Database | Tx, documentId: string): Promise<SignatureRequestRecord[]>;
  abstract update(tx: Tx, id: string, change: Partial<Pick<SignatureRequestRecord, 'state' | 'providerId' | 'providerSha256' | 'problem'>>, at: Date): Promise<void>;
  /** Takes those whose turn it is, the longest waiting first; each comes again after the next of `patience`'s seconds, and not after the last. */
  abstract due(at: Date, patience: readonly number[], limit: number): Promise<string[]>;
}

export interface ProviderState {
  readonly state: 'open' | 'signed' | 'declined' | 'withdrawn';
  /** Of the signed file. */
  readonly documentId: string;
}

/** A service that asks somebody for their signature, and knows who they are. */
export abstract class SignatureProvider {
  abstract readonly name: string;
  /** Null where it has no key here. */
  abstract ask(request: { readonly reference: string; readonly title: string; readonly pdf: Buffer; readonly recipient: Recipient; readonly language: Language }): Promise<string | null>;
  abstract state(providerId: string): Promise<ProviderState | null>;
  abstract file(documentId: string): Promise<Buffer | null>;
}
