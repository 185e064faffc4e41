import type { Account } from '../account';
import { behaviourOf, type Decline } from '../cards';
import { isHash, type Raw } from '../core/form';
import { cardFee, transferFee } from '../money/amounts';
import { book, day } from '../money/balance';
import { adviceOf } from './declines';
import { onStatement } from './descriptors';
import type { BalanceTransaction, Charge, ChargedCard, PaymentIntent, PaymentMethod } from '../objects';

const holdFor = 7 * day;
/** Visa's, where the customer is away. */
const holdForMerchant = 4 * day + 18 * 3_600;
const holdExtended = 30 * day;

export const cardOption = (intent: PaymentIntent, name: string): string | undefined => {
  const options: Raw | undefined = intent.payment_method_options['card'];
  const value = isHash(options) ? options[name] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** Held first and taken later: for every kind of method, or for cards alone. */
export const isHeld = (intent: PaymentIntent): boolean => intent.capture_method === 'manual' || cardOption(intent, 'capture_method') === 'manual';

const detailsOf = (account: Account, method: PaymentMethod, card: ChargedCard | undefined): Charge['payment_method_details'] => {
  if (card !== undefined) return { type: 'card', card };
  if (method.sepa_debit === undefined) return { type: method.type, customer_balance: {} };
  const { bank_code, branch_code, country, fingerprint, last4 } = method.sepa_debit;
  return { type: 'sepa_debit', sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate: account.id('mandate') } };
};

const outcomeOf = (decline: Decline | null, risk: string | undefined): Readonly<Record<string, unknown>> => {
  const level = { risk_level: risk ?? 'normal', risk_score: risk === 'highest' ? 92 : risk === 'elevated' ? 71 : 24 };
  const none = { advice_code: null, network_advice_code: null, network_decline_code: null };
  if (decline === null) return { ...none, network_status: 'approved_by_network', reason: null, ...level, seller_message: 'Payment complete.', type: 'authorized' };
  if (decline.blocked === true) return { ...none, network_status: 'not_sent_to_network', reason: 'highest_risk_level', ...level, seller_message: 'Stripe blocked this payment as too risky.', type: 'blocked' };
  return { ...none, network_decline_code: '05', advice_code: adviceOf(decline), network_status: 'declined_by_network', reason: decline.decline_code ?? decline.code, ...level, seller_message: 'The bank returned the decline code `' + (decline.decline_code ?? decline.code) + '`.', type: 'issuer_declined' };
};

interface Attempt {
  /** The bank answers later. */
  readonly pending?: true;
  readonly decline: Decline | null;
  readonly authenticated: boolean;
}

const cardDetails = (account: Account, intent: PaymentIntent, method: PaymentMethod, { decline, authenticated }: Attempt): ChargedCard | undefined => {
  const { card } = method;
  if (card === undefined) return undefined;
  const manual = isHeld(intent) && decline === null;
  const asked = (name: string): boolean => cardOption(intent, name) === 'if_available';
  const extended = asked('request_extended_authorization');
  const span = extended ? holdExtended : intent._offSession && card.brand === 'visa' ? holdForMerchant : holdFor;
  return {
    amount_authorized: decline === null ? intent.amount : null,
    authorization_code: decline === null ? String(100_000 + (account.now() % 900_000)) : null,
    brand: card.brand,
    ...(manual ? { capture_before: account.now() + span } : {}),
    checks: decline?.code === 'incorrect_cvc' ? { ...card.checks, cvc_check: 'fail' } : card.checks,
    country: card.country,
    electronic_commerce_indicator: authenticated ? '05' : null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: extended ? 'enabled' : 'disabled' },
    fingerprint: card.fingerprint,
    funding: card.funding,
    incremental_authorization: { status: manual && asked('request_incremental_authorization') ? 'available' : 'unavailable' },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: manual && asked('request_multicapture') ? 'available' : 'unavailable' },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: decline === null ? account.id('n', 15).slice(2) : null,
    overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: authenticated ? { authentication_flow: 'challenge', electronic_commerce_indicator: '05', exemption_indicator: null, result: 'authenticated', result_reason: null, transaction_id: account.id('ds', 20).slice(3), version: '2.2.0' } : null,
    transaction_link_id: null,
    wallet: null,
  };
};

/** Asks the bank: the charge is what it answered. */
export function makeCharge(account: Account, intent: PaymentIntent, method: PaymentMethod, attempt: Attempt): Charge {
  const { decline } = attempt;
  const card = cardDetails(account, intent, method, attempt);
  const id = account.id(method.type === 'card' ? 'ch' : 'py');
  return account.charges.put({
    id,
    object: 'charge',
    created: account.now(),
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: onStatement(intent.statement_descriptor, intent.statement_descriptor_suffix),
    captured: false,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: decline?.blocked === true ? { stripe_report: 'fraudulent' } : {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: outcomeOf(decline, behaviourOf(method._number).risk),
    paid: decline === null && attempt.pending !== true,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(account, method, card),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: decline === null ? `${account.baseUrl}/receipts/${id}` : null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline !== null ? 'failed' : attempt.pending === true ? 'pending' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group,
    _number: method._number,
    _dispute: null,
  });
}

/** Books what was taken of a charge; the caller tells of it. It counts as captured once the last part was taken. */
export function collect(account: Account, charge: Charge, amount: number, last = true): BalanceTransaction {
  const card = charge.payment_method_details.type === 'card';
  const atOnce = !card || behaviourOf(charge._number).available === 'at_once';
  const booked = book(account, {
    type: card ? 'charge' : 'payment',
    category: 'charge',
    amount,
    fee: card ? cardFee(amount, charge.currency) : transferFee(amount),
    currency: charge.currency,
    source: charge.id,
    description: charge.description,
    availableOn: atOnce ? account.now() : account.now() + 2 * day,
  });
  charge.balance_transaction ??= booked.id;
  charge.captured = last;
  charge.amount_captured += amount;
  account.charges.put(charge);
  const { disputed, fraudWarning } = behaviourOf(charge._number);
  // Both come to light after the payment; here as soon as its request has been answered.
  if (card && disputed !== undefined && charge._dispute === null) account.later(account.now(), 'dispute.open', charge.id);
  if (card && fraudWarning === true) account.later(account.now(), 'fraud.warn', charge.id);
  return booked;
}
