import type { ErrorBody } from './core/errors';
import type { Raw } from './core/form';
import type { Metadata } from './core/params';

/** What is around payments: payouts, cash, webhooks, Checkout, files and what the account remembers. A name with an underscore is ours alone and never sent. */

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
  type: 'funded' | 'applied_to_payment' | 'unapplied_from_payment' | 'refunded_from_payment' | 'return_initiated' | 'return_canceled';
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
  adjustable_quantity: null;
  amount_discount: number;
  amount_subtotal: number;
  amount_tax: number;
  amount_total: number;
  currency: string;
  description: string;
  metadata: Metadata;
  price: object;
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

export interface Product {
  readonly id: string;
  readonly object: 'product';
  readonly created: number;
  active: boolean;
  default_price: string | null;
  description: string | null;
  images: readonly string[];
  livemode: false;
  marketing_features: readonly unknown[];
  metadata: Metadata;
  name: string;
  package_dimensions: null;
  shippable: boolean | null;
  statement_descriptor: string | null;
  tax_code: string | null;
  tax_details: null;
  type: 'service';
  unit_label: string | null;
  updated: number;
  url: string | null;
}

export interface Price {
  readonly id: string;
  readonly object: 'price';
  readonly created: number;
  active: boolean;
  billing_scheme: 'per_unit';
  currency: string;
  custom_unit_amount: null;
  livemode: false;
  lookup_key: string | null;
  metadata: Metadata;
  nickname: string | null;
  product: string;
  recurring: null;
  tax_behavior: string;
  tiers_mode: null;
  transform_quantity: null;
  type: 'one_time';
  unit_amount: number;
  unit_amount_decimal: string;
}

export interface Token {
  readonly id: string;
  readonly object: 'token';
  readonly created: number;
  card: Readonly<Record<string, unknown>> & { readonly exp_month: number; readonly exp_year: number };
  client_ip: string;
  livemode: false;
  type: 'card';
  /** Once only. */
  used: boolean;
  _number: string;
}

export interface TestClock {
  readonly id: string;
  readonly object: 'test_helpers.test_clock';
  readonly created: number;
  deletes_after: number;
  frozen_time: number;
  livemode: false;
  name: string | null;
  status: 'ready' | 'advancing';
  status_details: { advancing?: { target_frozen_time: number } };
}

export interface SetupAttempt {
  readonly id: string;
  readonly object: 'setup_attempt';
  readonly created: number;
  application: null;
  attach_to_self: boolean;
  customer: string | null;
  customer_account: null;
  flow_directions: null;
  livemode: false;
  on_behalf_of: null;
  payment_method: string;
  payment_method_details: Readonly<Record<string, unknown>> & { readonly type: string };
  setup_error: ErrorBody | null;
  setup_intent: string;
  status: 'requires_action' | 'succeeded' | 'failed';
  usage: string;
}

/** Something that happens by itself once its time has come. */
export interface Job {
  readonly id: string;
  readonly object: 'job';
  readonly created: number;
  readonly at: number;
  readonly kind: string;
  readonly subject: string;
  /** The test clock whose time counts; null where it is the account's. */
  readonly clock: string | null;
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
