import type { Address, CustomerShipping, Shipping } from './core/contacts';
import type { Raw } from './core/form';
import type { Metadata } from './core/params';
import type { ErrorBody } from './core/errors';

export type * from './around';

/** What a name with an underscore holds is ours alone and never sent. */

export interface Customer {
  readonly id: string;
  readonly object: 'customer';
  readonly created: number;
  address: Address | null;
  balance: number;
  currency: string | null;
  default_source: string | null;
  delinquent: boolean;
  description: string | null;
  discount: null;
  email: string | null;
  invoice_prefix: string;
  invoice_settings: { custom_fields: null; default_payment_method: string | null; footer: null; rendering_options: null };
  livemode: false;
  metadata: Metadata;
  name: string | null;
  next_invoice_sequence: number;
  phone: string | null;
  preferred_locales: readonly string[];
  shipping: CustomerShipping | null;
  tax_exempt: string;
  test_clock: string | null;
  _cash: Record<string, number>;
  _reconciliation: 'automatic' | 'manual';
}

/** What is left of a customer that was deleted. */
export interface GoneCustomer {
  readonly id: string;
  readonly object: 'customer';
  readonly created: number;
  readonly _deleted: true;
}

export interface CardChecks {
  address_line1_check: string | null;
  address_postal_code_check: string | null;
  cvc_check: string | null;
}

export interface CardFacts {
  brand: string;
  checks: CardChecks;
  country: string;
  exp_month: number;
  exp_year: number;
  fingerprint: string;
  funding: string;
  last4: string;
}

export interface PaymentMethod {
  readonly id: string;
  readonly object: 'payment_method';
  readonly created: number;
  readonly type: MethodType;
  allow_redisplay: string;
  billing_details: BillingDetails;
  card?: CardFacts & { display_brand: string; generated_from: null; networks: { available: string[]; preferred: null }; regulated_status: string; three_d_secure_usage: { supported: boolean }; wallet: null };
  customer_balance?: Record<string, never>;
  sepa_debit?: DebitFacts & { generated_from: { charge: null; setup_attempt: null } };
  customer: string | null;
  customer_account: null;
  livemode: false;
  metadata: Metadata;
  _number: string;
  /** The bank has agreed to payments while the customer is away. */
  _setUp: boolean;
  /** It was in use without a customer: once only. */
  _spent: boolean;
}

/** How one can pay here. */
export type MethodType = 'card' | 'customer_balance' | 'sepa_debit';

export interface DebitFacts {
  bank_code: string;
  branch_code: string;
  country: string;
  fingerprint: string;
  last4: string;
}

export interface BillingDetails {
  address: Address;
  email: string | null;
  name: string | null;
  phone: string | null;
  tax_id: null;
}

export type CaptureMethod = 'automatic' | 'automatic_async' | 'manual';
export type IntentStatus = 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'requires_capture' | 'canceled' | 'succeeded';

export interface PaymentIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly created: number;
  allowed_payment_method_types: readonly string[] | null;
  amount: number;
  amount_capturable: number;
  amount_details: { tip: Record<string, never> };
  amount_received: number;
  application: null;
  application_fee_amount: number | null;
  automatic_payment_methods: { allow_redirects: string; enabled: boolean } | null;
  canceled_at: number | null;
  cancellation_reason: string | null;
  capture_method: CaptureMethod;
  client_secret: string;
  confirmation_method: 'automatic' | 'manual';
  currency: string;
  customer: string | null;
  customer_account: null;
  description: string | null;
  excluded_payment_method_types: readonly string[] | null;
  last_payment_error: ErrorBody | null;
  latest_charge: string | null;
  livemode: false;
  managed_payments: null;
  metadata: Metadata;
  next_action: Readonly<Record<string, unknown>> | null;
  on_behalf_of: null;
  payment_method: string | null;
  payment_method_configuration_details: null;
  payment_method_options: Readonly<Record<string, Raw>>;
  payment_method_types: readonly string[];
  payment_record: null;
  processing: null;
  receipt_email: string | null;
  review: null;
  setup_future_usage: string | null;
  shipping: Shipping | null;
  source: null;
  statement_descriptor: string | null;
  statement_descriptor_suffix: string | null;
  status: IntentStatus;
  transfer_data: null;
  transfer_group: string | null;
  _returnUrl: string | null;
  _offSession: boolean;
  /** The bank is satisfied with the method of this id, and the shop has yet to say so. */
  _authenticated: string | null;
  /** Of bank transfers that came, what this payment has taken so far. */
  _funded: number;
  _session: string | null;
}

export interface Charge {
  readonly id: string;
  readonly object: 'charge';
  readonly created: number;
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  application: null;
  application_fee: null;
  application_fee_amount: number | null;
  balance_transaction: string | null;
  billing_details: BillingDetails;
  calculated_statement_descriptor: string | null;
  captured: boolean;
  currency: string;
  customer: string | null;
  description: string | null;
  disputed: boolean;
  failure_balance_transaction: string | null;
  failure_code: string | null;
  failure_message: string | null;
  fraud_details: Readonly<Record<string, string>>;
  livemode: false;
  metadata: Metadata;
  on_behalf_of: null;
  outcome: Readonly<Record<string, unknown>> | null;
  paid: boolean;
  payment_intent: string | null;
  payment_method: string | null;
  payment_method_details: { type: string; card?: ChargedCard; customer_balance?: Record<string, never>; sepa_debit?: DebitFacts & { mandate: string } };
  receipt_email: string | null;
  receipt_number: null;
  receipt_url: string | null;
  refunded: boolean;
  review: null;
  shipping: Shipping | null;
  source: null;
  source_transfer: null;
  statement_descriptor: string | null;
  statement_descriptor_suffix: string | null;
  status: 'succeeded' | 'pending' | 'failed';
  transfer_data: null;
  transfer_group: string | null;
  _number: string;
  _dispute: string | null;
}

export interface ChargedCard extends CardFacts {
  amount_authorized: number | null;
  authorization_code: string | null;
  capture_before?: number;
  electronic_commerce_indicator: string | null;
  extended_authorization: { status: 'disabled' | 'enabled' };
  incremental_authorization: { status: 'available' | 'unavailable' };
  installments: null;
  mandate: null;
  multicapture: { status: 'available' | 'unavailable' };
  network: string;
  network_token: { used: boolean };
  network_transaction_id: string | null;
  overcapture: { maximum_amount_capturable: number; status: 'available' | 'unavailable' };
  regulated_status: string;
  three_d_secure: Readonly<Record<string, unknown>> | null;
  transaction_link_id: null;
  wallet: null;
}

export interface Refund {
  readonly id: string;
  readonly object: 'refund';
  readonly created: number;
  amount: number;
  balance_transaction: string | null;
  /** Null for what lay on a customer's balance and was never charged. */
  charge: string | null;
  currency: string;
  customer: string | null;
  customer_account: null;
  destination_details: Readonly<Record<string, unknown>>;
  failure_balance_transaction?: string;
  failure_reason?: string;
  pending_reason?: string;
  metadata: Metadata;
  payment_intent: string | null;
  payment_method: string | null;
  reason: string | null;
  receipt_number: null;
  source_transfer_reversal: null;
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';
  transfer_reversal: null;
}

export interface BalanceTransaction {
  readonly id: string;
  readonly object: 'balance_transaction';
  readonly created: number;
  amount: number;
  available_on: number;
  balance_type: 'payments';
  currency: string;
  description: string | null;
  exchange_rate: null;
  fee: number;
  fee_details: readonly { amount: number; application: null; currency: string; description: string; type: string }[];
  net: number;
  reporting_category: string;
  source: string;
  status: 'pending' | 'available';
  type: string;
  /** The payout that carried it away. */
  _payout: string | null;
}

export interface Dispute {
  readonly id: string;
  readonly object: 'dispute';
  readonly created: number;
  amount: number;
  balance_transactions: readonly unknown[];
  charge: string;
  currency: string;
  enhanced_eligibility_types: readonly string[];
  evidence: Record<string, unknown>;
  evidence_details: { due_by: number; enhanced_eligibility: Record<string, never>; has_evidence: boolean; past_due: boolean; submission_count: number; submission_method: 'manual' | 'not_submitted' };
  intended_submission_method: null;
  is_charge_refundable: boolean;
  livemode: false;
  metadata: Metadata;
  network_reason_code: string | null;
  payment_intent: string | null;
  payment_method_details: { card: { brand: string; case_type: string; network: string; network_reason_code: string | null }; type: 'card' };
  reason: string;
  status: string;
}

export interface SetupIntent {
  readonly id: string;
  readonly object: 'setup_intent';
  readonly created: number;
  allowed_payment_method_types: readonly string[] | null;
  application: null;
  automatic_payment_methods: { allow_redirects: string; enabled: boolean } | null;
  cancellation_reason: string | null;
  client_secret: string;
  customer: string | null;
  customer_account: null;
  description: string | null;
  excluded_payment_method_types: readonly string[] | null;
  flow_directions: null;
  last_setup_error: ErrorBody | null;
  latest_attempt: string | null;
  livemode: false;
  managed_payments: null;
  mandate: null;
  metadata: Metadata;
  next_action: Readonly<Record<string, unknown>> | null;
  on_behalf_of: null;
  payment_method: string | null;
  payment_method_configuration_details: null;
  payment_method_options: Readonly<Record<string, Raw>>;
  payment_method_types: readonly string[];
  single_use_mandate: null;
  status: Exclude<IntentStatus, 'requires_capture'>;
  usage: string;
  _returnUrl: string | null;
  _session: string | null;
}

