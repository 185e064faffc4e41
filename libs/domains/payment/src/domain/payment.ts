import type { CurrencyCode, PaymentLeg, PaymentMethod, PaymentProvider } from '@autobroker/kernel';
import type { Failure, FailureReason, PaymentState } from './vocabulary';

/** By which names the provider knows a payment. */
export interface ProviderRefs {
  /** What the buyer is sent to: a Checkout session, a PayPal order. */
  readonly session: string | null;
  /** A PaymentIntent, a PayPal authorisation. */
  readonly intent: string | null;
  /** What was taken: a charge, a PayPal capture. */
  readonly charge: string | null;
  readonly customer: string | null;
}

/** What the buyer has to do. */
export interface NextAction {
  readonly type: 'redirect' | 'bank_transfer';
  readonly url: string | null;
  /** Where to transfer to, and under which reference. */
  readonly transfer: { readonly remaining: number; readonly reference: string | null; readonly iban: string | null; readonly bic: string | null; readonly holder: string | null; readonly account: string | null } | null;
}

export interface Payment {
  readonly id: string;
  readonly tenantId: string;
  readonly orderId: string;
  readonly buyerId: string;
  readonly leg: PaymentLeg;
  readonly method: PaymentMethod;
  readonly provider: PaymentProvider;
  /** Of its leg, from 1. */
  readonly attempt: number;
  readonly key: string;
  readonly amount: number;
  readonly currency: CurrencyCode;
  readonly version: number;
  readonly refs: ProviderRefs;
  /** By which of the buyer's saved cards it is made; null where the buyer gives one on the provider's page. */
  readonly savedCardId: string | null;
  /** The most that was ever held. */
  readonly authorized: number;
  /** All that was ever taken. */
  readonly captured: number;
  /** Of what was taken: given back. */
  readonly refunded: number;
  /** Of what was taken: taken back by the buyer's bank. */
  readonly chargedBack: number;
  /** Of what was taken: counted towards the price. The rest is the buyer's money that we keep. */
  readonly applied: number;
  /** Of what was given back: what had not been counted towards the price. */
  readonly refundedHeld: number;
  /** The hold is gone; what was not taken will not be. */
  readonly isReleased: boolean;
  /** The provider takes nothing more for it. */
  readonly isDead: boolean;
  readonly isProcessing: boolean;
  /** Another amount or currency than was asked for. */
  readonly isMismatched: boolean;
  /** Whether the provider has heard of it is not known. */
  readonly isUnknown: boolean;
  /** Why we have given it up ourselves, so that its end is told by its true reason. */
  readonly givenUpFor: FailureReason | null;
  readonly failure: Failure | null;
  readonly action: NextAction | null;
  readonly captureBefore: Date | null;
  /** When the provider was asked whose answer counts: an older answer changes nothing but money. */
  readonly asOf: number;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly authorizedAt: Date | null;
  readonly capturedAt: Date | null;
}

type Standing = Pick<Payment, 'authorized' | 'captured' | 'refunded' | 'isReleased' | 'isDead' | 'isProcessing' | 'isMismatched' | 'isUnknown' | 'refs' | 'chargedBack'>;

/** What is still held or kept of it. */
export const heldOf = (payment: Pick<Payment, 'authorized' | 'captured' | 'isReleased'>): number => (payment.isReleased || payment.captured > 0 ? 0 : payment.authorized);
export const netOf = (payment: Pick<Payment, 'captured' | 'refunded' | 'chargedBack'>): number => payment.captured - payment.refunded - payment.chargedBack;
/** Of what was taken: neither counted towards the price nor given back. */
export const unappliedOf = (payment: Pick<Payment, 'captured' | 'applied' | 'refundedHeld'>): number => payment.captured - payment.applied - payment.refundedHeld;

export function stateOf(payment: Standing): PaymentState {
  if (payment.isMismatched && (heldOf(payment) > 0 || netOf(payment) > 0)) return 'review';
  if (payment.captured > 0) return payment.refunded === 0 ? 'captured' : payment.refunded < payment.captured ? 'partially_refunded' : 'refunded';
  if (payment.authorized > 0) return payment.isReleased ? 'voided' : 'authorized';
  if (payment.isDead) return 'failed';
  if (payment.isProcessing) return 'processing';
  if (payment.refs.session !== null || payment.refs.intent !== null) return 'requires_action';
  return payment.isUnknown ? 'unknown' : 'created';
}

export interface NewPayment extends Pick<Payment, 'id' | 'tenantId' | 'orderId' | 'buyerId' | 'leg' | 'method' | 'attempt' | 'key' | 'amount' | 'currency' | 'expiresAt'> {
  readonly savedCardId?: string | null;
  readonly at: Date;
}

export const providerOf = (method: PaymentMethod): PaymentProvider => (method === 'paypal' ? 'paypal' : 'stripe');

export const newPayment = ({ at, ...given }: NewPayment): Payment => ({
  ...given,
  provider: providerOf(given.method),
  version: 1,
  refs: { session: null, intent: null, charge: null, customer: null },
  savedCardId: given.savedCardId ?? null,
  authorized: 0,
  captured: 0,
  refunded: 0,
  chargedBack: 0,
  applied: 0,
  refundedHeld: 0,
  isReleased: false,
  isDead: false,
  isProcessing: false,
  isMismatched: false,
  isUnknown: false,
  givenUpFor: null,
  failure: null,
  action: null,
  captureBefore: null,
  asOf: 0,
  createdAt: at,
  updatedAt: at,
  authorizedAt: null,
  capturedAt: null,
});
