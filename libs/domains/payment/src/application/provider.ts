import type { IncomingHttpHeaders } from 'node:http';
import type { PaymentProvider, Refusal, Result } from '@autobroker/kernel';
import type { Dispute } from '../domain/desk-state';
import type { Payment } from '../domain/payment';
import type { RefundPart } from '../domain/refunds';
import type { ChargeableCard } from '../domain/saved-card';
import type { ProviderTruth } from '../domain/truth';

/** What a provider says when it is asked; when that was is the asker's to know. */
export type ProviderAnswer = Omit<ProviderTruth, 'asOf'>;

/** The provider has understood, and will not. Asking again changes nothing. */
export interface ProviderRefusal {
  readonly code: string;
  readonly detail: string;
}

export type Answer = Promise<Result<ProviderAnswer, ProviderRefusal>>;

/** Whether the provider has done it is not known, or it is not there: to be asked again under the same key. */
export class ProviderUnreachableError extends Error {
  override readonly name = 'ProviderUnreachableError';
  constructor(
    message: string,
    /** It may have been done all the same. */
    readonly outcomeUnknown: boolean,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

export interface OpenAsk {
  readonly payment: Payment;
  readonly orderNumber: string;
  /** To be charged without the buyer, if the buyer's bank lets it be. */
  readonly saved: ChargeableCard | null;
  readonly returnUrl: string;
  readonly cancelUrl: string;
}

export interface LookHint {
  readonly session?: string | undefined;
  readonly intent?: string | undefined;
}

/** An event whose signature is good: whom it is about, and nothing of what it says. */
export interface VerifiedEvent {
  readonly id: string;
  readonly type: string;
  /** Of ours, where the provider repeats it. */
  readonly paymentId: string | null;
  readonly refs: readonly string[];
}

/** Not believed; or believed, and no event; or whether to believe it can't be told now. */
export type EventRefusal = Refusal<'signature_invalid' | 'validation_failed' | 'unavailable'>;
export type ReadEvent = Result<VerifiedEvent, EventRefusal>;


export interface EvidencePack {
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** One line of a provider's own books. */
export interface Movement {
  readonly ref: string;
  /** The charge, refund, dispute or payout that it is about. */
  readonly of: string | null;
  readonly kind: 'charge' | 'refund' | 'dispute' | 'payout' | 'other';
  /** What the account holds more because of it, fees taken off. */
  readonly net: number;
  readonly currency: string;
  /** Other names by which its payment may be known here. */
  readonly hints: readonly string[];
}

export interface ProviderPayout {
  readonly ref: string;
  /** What the bank has got; below zero where it has sent it back. */
  readonly amount: number;
  /** What the provider has kept on top for sending it. */
  readonly fee: number;
  readonly currency: string;
  /** The movements that it carries, where the provider says. */
  readonly carries: readonly Movement[];
}

/** Somebody who takes payments for us. Every call that changes something carries its key, and may be made again under it. */
export abstract class PaymentGateway {
  abstract readonly provider: PaymentProvider;
  abstract isAvailable(): Promise<boolean>;
  abstract open(ask: OpenAsk): Answer;
  /** Null when the provider knows nothing of it. */
  abstract look(payment: Payment, hint: LookHint): Promise<ProviderAnswer | null>;
  abstract capture(payment: Payment, amount: number, key: string): Answer;
  /** Lets a hold go. */
  abstract release(payment: Payment, key: string): Answer;
  /** Gives up what has not been paid yet. */
  abstract cancel(payment: Payment, key: string): Answer;
  /** Goes on where the buyer has agreed and the provider waits for us. */
  abstract confirm(payment: Payment, key: string): Answer;
  abstract refund(payment: Payment, part: RefundPart, key: string): Answer;
  /** What the buyer has sent and no payment has taken goes back; asked twice, it goes once. */
  abstract sendBack(payment: Payment): Answer;
  abstract submitEvidence(payment: Payment, dispute: Dispute, pack: EvidencePack, key: string): Answer;
  /** The event in a request, or why it is not believed. */
  abstract readEvent(body: Buffer, headers: IncomingHttpHeaders): Promise<ReadEvent>;
  abstract movements(from: Date, to: Date): Promise<readonly Movement[]>;
  /** All that ever moved because of one charge, refund or dispute, up to a moment; null where the provider can't be asked so. */
  abstract totalOf(ref: string, currency: string): Promise<number | null>;
  abstract payouts(from: Date, to: Date): Promise<readonly ProviderPayout[]>;
  /** Sees to it that events are sent here, where that is ours to see to. */
  abstract listen(): Promise<void>;
}

export abstract class PaymentGateways {
  abstract of(provider: PaymentProvider): PaymentGateway;
  abstract all(): readonly PaymentGateway[];
}
