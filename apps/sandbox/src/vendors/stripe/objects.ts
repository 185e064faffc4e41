import type { Raw } from './core/form';
import type { Metadata } from './core/params';
import type { ErrorBody } from './core/errors';

/** What a name with an underscore holds is ours alone and never sent. */

export interface Customer {
  readonly id: string;
  readonly object: 'customer';
  readonly created: number;
  address: Raw | null;
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
  shipping: Raw | null;
  tax_exempt: string;
  test_clock: null;
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
  readonly type: 'card' | 'customer_balance';
  allow_redisplay: string;
  billing_details: BillingDetails;
  card?: CardFacts & { display_brand: string; generated_from: null; networks: { available: string[]; preferred: null }; regulated_status: string; three_d_secure_usage: { supported: boolean }; wallet: null };
  customer_balance?: Record<string, never>;
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

export interface BillingDetails {
  address: Raw | Readonly<Record<string, null>> | null;
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
  allowed_payment_method_types: null;
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
  excluded_payment_method_types: null;
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
  shipping: Raw | null;
  source: null;
  statement_descriptor: string | null;
  statement_descriptor_suffix: string | null;
  status: IntentStatus;
  transfer_data: null;
  transfer_group: string | null;
  _returnUrl: string | null;
  _offSession: boolean;
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
  payment_method_details: { type: string; card?: ChargedCard; customer_balance?: Record<string, never> };
  receipt_email: string | null;
  receipt_number: null;
  receipt_url: string | null;
  refunded: boolean;
  review: null;
  shipping: Raw | null;
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
  charge: string;
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
  evidence_details: { due_by: number; enhanced_eligibility: Record<string, never>; has_evidence: boolean; past_due: boolean; submission_count: number };
  intended_submission_method: null;
  is_charge_refundable: boolean;
  livemode: false;
  metadata: Metadata;
  network_reason_code: string | null;
  payment_intent: string | null;
  payment_method_details: { card: { brand: string; case_type: string; network_reason_code: string }; type: 'card' };
  reason: string;
  status: string;
}

export interface SetupIntent {
  readonly id: string;
  readonly object: 'setup_intent';
  readonly created: number;
  allowed_payment_method_types: null;
  application: null;
  automatic_payment_methods: { allow_redirects: string; enabled: boolean } | null;
  cancellation_reason: string | null;
  client_secret: string;
  customer: string | null;
  customer_account: null;
  description: string | null;
  excluded_payment_method_types: null;
  flow_directions: null;
  last_setup_error: ErrorBody | null;
  latest_attempt: null;
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

export interface Payout {
  readonly id: string;
  readonly object: 'payout';
  readonly created: number;
  amount: number;
  application_fee: null;
  application_fee_amount: null;
  arrival_date: number;
  automatic: boolean;
  balance_transaction: string | null;
  currency: string;
  description: string | null;
  destination: string;
  failure_balance_transaction: string | null;
  failure_code: string | null;
  failure_message: string | null;
  livemode: false;
  metadata: Metadata;
  method: 'standard' | 'instant';
  original_payout: null;
  payout_method: null;
  reconciliation_status: 'not_applicable' | 'in_progress' | 'completed';
  reversed_by: null;
  source_type: 'card';
  statement_descriptor: string | null;
  status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled';
  trace_id: null;
  type: 'bank_account';
}

export interface CashTransaction {
  readonly id: string;
  readonly object: 'customer_cash_balance_transaction';
  readonly created: number;
  currency: string;
  customer: string;
  customer_account: null;
  ending_balance: number;
  livemode: false;
  net_amount: number;
  type: 'funded' | 'applied_to_payment' | 'unapplied_from_payment' | 'refunded_from_payment';
  funded?: unknown;
  applied_to_payment?: { payment_intent: string };
  unapplied_from_payment?: { payment_intent: string };
  refunded_from_payment?: { refund: string };
}

export interface WebhookEndpoint {
  readonly id: string;
  readonly object: 'webhook_endpoint';
  readonly created: number;
  api_version: string | null;
  application: null;
  description: string | null;
  enabled_events: readonly string[];
  livemode: false;
  metadata: Metadata;
  status: 'enabled' | 'disabled';
  url: string;
  /** The newest first; an older one signs too until its time is over (real milliseconds). */
  _secrets: readonly { secret: string; until: number | null }[];
}

export interface StripeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly created: number;
  api_version: string;
  data: { object: unknown; previous_attributes?: unknown };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

export interface Session {
  readonly id: string;
  readonly object: 'checkout.session';
  readonly created: number;
  amount_subtotal: number | null;
  amount_total: number | null;
  cancel_url: string | null;
  client_reference_id: string | null;
  currency: string | null;
  customer: string | null;
  customer_creation: string | null;
  customer_details: Readonly<Record<string, unknown>> | null;
  customer_email: string | null;
  expires_at: number;
  metadata: Metadata;
  mode: 'payment' | 'setup';
  payment_intent: string | null;
  payment_method_options: Readonly<Record<string, Raw>>;
  payment_method_types: readonly string[];
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  setup_intent: string | null;
  status: 'open' | 'complete' | 'expired';
  success_url: string | null;
  url: string | null;
  livemode: false;
  _items: readonly LineItem[];
  _intentData: Readonly<Record<string, unknown>>;
  /** All that is always the same here. */
  readonly [usual: string]: unknown;
}

export interface LineItem {
  readonly id: string;
  readonly object: 'item';
  amount_discount: number;
  amount_subtotal: number;
  amount_tax: number;
  amount_total: number;
  currency: string;
  description: string;
  price: Readonly<Record<string, unknown>>;
  quantity: number;
}

export interface FraudWarning {
  readonly id: string;
  readonly object: 'radar.early_fraud_warning';
  readonly created: number;
  actionable: boolean;
  charge: string;
  fraud_type: string;
  livemode: false;
  payment_intent: string | null;
}

export interface StoredFile {
  readonly id: string;
  readonly object: 'file';
  readonly created: number;
  expires_at: null;
  filename: string;
  links: unknown;
  purpose: string;
  size: number;
  title: string | null;
  type: string;
  url: string;
  _content: string;
}

/** Something that happens by itself once its time has come. */
export interface Job {
  readonly id: string;
  readonly object: 'job';
  readonly created: number;
  readonly at: number;
  readonly kind: string;
  readonly subject: string;
}

export interface Delivery {
  readonly id: string;
  readonly object: 'delivery';
  readonly created: number;
  readonly event: string;
  readonly endpoint: string;
  attempts: number;
}

export interface Remembered {
  readonly id: string;
  readonly object: 'idempotency_key';
  readonly created: number;
  readonly path: string;
  readonly fingerprint: string;
  readonly request: string;
  readonly status: number;
  readonly body: string;
  readonly at: number;
}
