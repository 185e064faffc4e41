import type { Link } from './core/errors';
import type { Money } from './core/money';
import type { Hash } from './core/reading';
import type { Row } from '../../shared/store';

/** What the payer pays with; each but the first makes something go its own way. */
export type Funding = 'balance' | 'declined' | 'echeck' | 'echeck_bounces' | 'review' | 'review_denied' | 'asks_again' | 'gone_after_honor' | 'card' | 'card_refused';

export type OrderStatus = 'CREATED' | 'SAVED' | 'APPROVED' | 'VOIDED' | 'COMPLETED' | 'PAYER_ACTION_REQUIRED';
export type Intent = 'CAPTURE' | 'AUTHORIZE';

export interface Kept extends Row {
  updated: number;
}

/** A purchase unit: as it was given, and what has been paid of it. */
export interface Unit {
  wire: Hash & { readonly reference_id: string; readonly amount: Hash };
  minor: number;
  currency: string;
  invoice_id: string | null;
  custom_id: string | null;
  readonly authorizations: string[];
  readonly captures: string[];
  readonly refunds: string[];
}

export interface Experience {
  return_url: string | null;
  cancel_url: string | null;
  brand_name: string | null;
  pay_now: boolean;
  shipping: 'GET_FROM_FILE' | 'NO_SHIPPING' | 'SET_PROVIDED_ADDRESS';
}

export interface Order extends Kept {
  readonly object: 'order';
  intent: Intent;
  status: OrderStatus;
  readonly processing_instruction: string | null;
  units: Unit[];
  /** What was said of the payer beforehand. */
  payer: Hash | null;
  /** As it is shown; null until there is one. */
  payment_source: Hash | null;
  experience: Experience;
  funding: Funding;
  /** Of paying: refused ones. */
  attempts: number;
  approved: number | null;
}

export interface Authorization extends Kept {
  readonly object: 'authorization';
  status: 'CREATED' | 'PENDING' | 'DENIED' | 'VOIDED' | 'CAPTURED' | 'PARTIALLY_CAPTURED';
  reason: string | null;
  readonly order: string;
  readonly unit: string;
  readonly minor: number;
  readonly currency: string;
  /** Of an original: by itself and all that it was reauthorized as. */
  captured: number;
  captures: number;
  readonly invoice_id: string | null;
  readonly custom_id: string | null;
  readonly expires: number;
  readonly honored: number;
  /** The original one, of a reauthorization. */
  readonly parent: string | null;
  reauthorizations: number;
  expired: boolean;
  readonly funding: Funding;
}

export interface Capture extends Kept {
  readonly object: 'capture';
  status: 'COMPLETED' | 'DECLINED' | 'PARTIALLY_REFUNDED' | 'PENDING' | 'REFUNDED' | 'FAILED';
  reason: string | null;
  readonly order: string;
  readonly unit: string;
  readonly authorization: string | null;
  readonly minor: number;
  readonly currency: string;
  readonly fee: number;
  refunded: number;
  refunds: number;
  readonly invoice_id: string | null;
  readonly custom_id: string | null;
  readonly final: boolean;
  readonly note: string | null;
  readonly by_card: boolean;
  dispute: string | null;
}

export interface Refund extends Kept {
  readonly object: 'refund';
  status: 'COMPLETED';
  readonly capture: string;
  readonly order: string;
  readonly unit: string;
  readonly minor: number;
  readonly currency: string;
  readonly total: number;
  readonly invoice_id: string | null;
  readonly custom_id: string | null;
  readonly note: string | null;
}

/** A line of the account's statement. */
export interface Transaction extends Kept {
  readonly object: 'transaction';
  readonly code: string;
  status: 'S' | 'P' | 'D' | 'V';
  readonly minor: number;
  readonly fee: number;
  readonly currency: string;
  readonly reference: string | null;
  readonly reference_type: 'TXN' | 'ODR' | null;
  readonly invoice_id: string | null;
  readonly custom_id: string | null;
  readonly order: string;
  /** It moves money; holds of a payer's money do not. */
  readonly moves: boolean;
}

export interface DisputeEvidence {
  readonly evidence_type: string;
  readonly notes: string | null;
  readonly source: 'SUBMITTED_BY_SELLER' | 'SUBMITTED_BY_BUYER';
  readonly date: number;
  readonly documents: readonly string[];
  readonly info: Hash | null;
}

export interface Dispute extends Kept {
  readonly object: 'dispute';
  status: 'WAITING_FOR_SELLER_RESPONSE' | 'WAITING_FOR_BUYER_RESPONSE' | 'UNDER_REVIEW' | 'RESOLVED';
  readonly reason: string;
  readonly channel: 'INTERNAL' | 'EXTERNAL';
  readonly capture: string;
  readonly minor: number;
  readonly currency: string;
  outcome: 'RESOLVED_BUYER_FAVOUR' | 'RESOLVED_SELLER_FAVOUR' | 'CANCELED_BY_BUYER' | null;
  refunded: number;
  due: number | null;
  evidences: DisputeEvidence[];
  messages: { readonly posted_by: 'BUYER' | 'SELLER'; readonly time: number; readonly content: string }[];
  movements: { readonly type: 'DEBIT' | 'CREDIT'; readonly reason: string; readonly minor: number; readonly time: number }[];
}

export interface PaypalEvent extends Row {
  readonly object: 'event';
  readonly event_type: string;
  readonly resource_type: string;
  readonly resource_version: string | null;
  readonly summary: string;
  readonly resource: unknown;
}

export interface Webhook extends Row {
  readonly object: 'webhook';
  url: string;
  event_types: readonly string[];
}

export interface Delivery extends Row {
  readonly object: 'delivery';
  readonly event: string;
  readonly webhook: string;
  attempts: number;
}

/** A key with its certificate; the newest signs, older ones can still be fetched. */
export interface Certificate extends Row {
  readonly object: 'certificate';
  readonly key: string;
  readonly pem: string;
}

export interface Token extends Row {
  readonly object: 'token';
  /** Milliseconds of real time: clients reckon in it. */
  readonly until: number;
}

export interface Remembered extends Row {
  readonly object: 'request';
  readonly fingerprint: string;
  readonly until: number;
  readonly view: readonly [view: string, id: string] | null;
}

export interface Job extends Row {
  readonly object: 'job';
  readonly at: number;
  readonly kind: string;
  readonly subject: string;
}

/** What PayPal's documents leave open, or its dashboard lets one choose. */
export interface Settings extends Row {
  readonly object: 'settings';
  /** Whether an authorization may be reauthorized again and again, or once. */
  reauthorize: 'once' | 'multiple';
  /** How long a token holds. */
  token_seconds: number;
  /** How long an order waits for its payer, and for being paid. */
  order_hours: number;
  /** Payments with an invoice's number that was used before are refused. */
  unique_invoices: boolean;
  /** How long it takes until a transaction is found by search. */
  reporting_seconds: number;
}

export type { Link, Money };
