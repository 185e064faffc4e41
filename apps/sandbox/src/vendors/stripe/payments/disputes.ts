import type { Account } from '../account';
import { behaviourOf, type CardBehaviour } from '../cards';
import { invalid, missing } from '../core/errors';
import { anything, flag, hash, mergeMetadata, metadata, readParams, text, unsettable, type Spec } from '../core/params';
import { listRows } from '../core/lists';
import { render, type Page } from '../core/render';
import type { Call, Endpoint } from '../core/routes';
import { disputeFee } from '../money/amounts';
import { book, day } from '../money/balance';
import type { Charge, Dispute } from '../objects';

const answerWithin = 9 * day;
/** How long the customer's bank thinks about evidence that says neither one thing nor the other. */
const decideWithin = 60 * day;

const evidenceNames = [
  'access_activity_log', 'billing_address', 'cancellation_policy', 'cancellation_policy_disclosure', 'cancellation_rebuttal', 'customer_communication', 'customer_email_address', 'customer_name', 'customer_purchase_ip', 'customer_signature',
  'duplicate_charge_documentation', 'duplicate_charge_explanation', 'duplicate_charge_id', 'product_description', 'receipt', 'refund_policy', 'refund_policy_disclosure', 'refund_refusal_explanation', 'service_date', 'service_documentation',
  'shipping_address', 'shipping_carrier', 'shipping_date', 'shipping_documentation', 'shipping_tracking_number', 'uncategorized_file', 'uncategorized_text',
] as const;

const evidenceSpec: Spec = { ...Object.fromEntries(evidenceNames.map((name) => [name, unsettable(text(20_000))])), appeal: anything, enhanced_evidence: anything };

const open = (status: string): boolean => status === 'needs_response' || status === 'warning_needs_response';
const undecided = (status: string): boolean => open(status) || status === 'under_review' || status === 'warning_under_review';

function withdraw(account: Account, dispute: Dispute): void {
  const taken = book(account, { type: 'adjustment', category: 'dispute', amount: -dispute.amount, fee: disputeFee(dispute.currency), currency: dispute.currency, source: dispute.id, description: `Chargeback withdrawal for ${dispute.charge}` });
  account.change(account.disputes, dispute, (one) => {
    one.balance_transactions = [...one.balance_transactions, render(taken)];
    one.is_charge_refundable = false;
  }, 'charge.dispute.funds_withdrawn');
}

function raise(account: Account, charge: Charge): void {
  const { disputed } = behaviourOf(charge._number);
  if (disputed === undefined || charge._dispute !== null) return;
  const left = charge.amount_captured - charge.amount_refunded;
  const half = Math.floor(left / 2);
  for (const amount of disputed.twice === true ? [left - half, half] : [left]) raiseOne(account, charge, disputed, amount);
}

function raiseOne(account: Account, charge: Charge, { reason, inquiry, networkCode, enhanced }: NonNullable<CardBehaviour['disputed']>, amount: number): void {
  const brand = charge.payment_method_details.card?.brand ?? 'visa';
  const dispute: Dispute = {
    id: account.id('du'),
    object: 'dispute',
    created: account.now(),
    amount,
    balance_transactions: [],
    charge: charge.id,
    currency: charge.currency,
    enhanced_eligibility_types: enhanced === undefined ? [] : [enhanced],
    evidence: { ...Object.fromEntries(evidenceNames.map((name) => [name, null])), customer_email_address: charge.billing_details.email, customer_name: charge.billing_details.name, enhanced_evidence: {} },
    evidence_details: { due_by: Math.floor((account.now() + answerWithin) / day) * day + day - 1, enhanced_eligibility: {}, has_evidence: false, past_due: false, submission_count: 0, submission_method: 'not_submitted' },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    network_reason_code: networkCode,
    payment_intent: charge.payment_intent,
    payment_method_details: { card: { brand, network: brand, case_type: inquiry ? 'inquiry' : reason === 'noncompliant' ? 'compliance' : 'chargeback', network_reason_code: networkCode }, type: 'card' },
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
  account.disputes.put(dispute);
  const isFirst = !charge.disputed;
  account.change(account.charges, charge, (one) => {
    one.disputed = true;
    one._dispute = inquiry ? null : dispute.id;
  });
  account.emit('charge.dispute.created', dispute);
  if (isFirst) account.emit('charge.updated', charge, { disputed: false });
  if (!inquiry) withdraw(account, dispute);
  account.later(dispute.evidence_details.due_by, 'dispute.due', dispute.id);
}

export function close(account: Account, dispute: Dispute, status: 'won' | 'lost' | 'warning_closed'): Dispute {
  if (status === 'won') {
    const back = book(account, { type: 'adjustment', category: 'dispute_reversal', amount: dispute.amount, fee: -disputeFee(dispute.currency), currency: dispute.currency, source: dispute.id, description: `Chargeback reversal for ${dispute.charge}` });
    dispute.balance_transactions = [...dispute.balance_transactions, render(back)];
    // The money is the shop's again, to keep or to give back, unless it is in dispute otherwise.
    const charge = account.charges.get(dispute.charge);
    const other = [...account.disputes.oldestFirst()].find((one) => one.charge === dispute.charge && one.id !== dispute.id && (one.status === 'lost' || (undecided(one.status) && !one.status.startsWith('warning_'))));
    if (charge !== undefined) account.charges.put(Object.assign(charge, { _dispute: other?.id ?? null }));
  }
  account.change(account.disputes, dispute, (one) => {
    one.status = status;
    if (status === 'warning_closed') one.is_charge_refundable = true;
  }, ...(status === 'won' ? ['charge.dispute.funds_reinstated', 'charge.dispute.closed'] : ['charge.dispute.closed']));
  return dispute;
}

/** The words that Stripe's test mode decides by. */
const verdictIn = (evidence: Readonly<Record<string, unknown>>): 'won' | 'lost' | 'escalated' | null => {
  const said = evidence['uncategorized_text'];
  if (said === 'winning_evidence') return 'won';
  if (said === 'losing_evidence') return 'lost';
  return said === 'escalate_inquiry_evidence' ? 'escalated' : null;
};

export function playDisputes(account: Account): void {
  account.on('dispute.open', (id) => {
    const charge = account.charges.get(id);
    if (charge !== undefined && !charge.refunded) raise(account, charge);
  });
  account.on('fraud.warn', (id) => {
    const charge = account.charges.get(id);
    if (charge === undefined) return;
    account.emit('radar.early_fraud_warning.created', account.warnings.put({ id: account.id('issfr'), object: 'radar.early_fraud_warning', created: account.now(), actionable: !charge.refunded, charge: charge.id, fraud_type: 'made_with_lost_card', livemode: false, payment_intent: charge.payment_intent }));
  });
  account.on('dispute.due', (id) => {
    const dispute = account.disputes.get(id);
    if (dispute === undefined || !open(dispute.status)) return;
    dispute.evidence_details = { ...dispute.evidence_details, past_due: true };
    // Nobody answered in time; what was only prepared goes out as it is.
    if (dispute.evidence_details.has_evidence) submit(account, dispute);
    else close(account, dispute, dispute.status === 'needs_response' ? 'lost' : 'warning_closed');
  });
  account.on('dispute.decide', (id) => {
    const dispute = account.disputes.get(id);
    if (dispute === undefined || !undecided(dispute.status)) return;
    close(account, dispute, dispute.status.startsWith('warning_') ? 'warning_closed' : 'lost');
  });
}

function submit(account: Account, dispute: Dispute): void {
  const inquiry = dispute.status.startsWith('warning_');
  account.change(account.disputes, dispute, (one) => {
    one.status = inquiry ? 'warning_under_review' : 'under_review';
    one.evidence_details = { ...one.evidence_details, submission_count: one.evidence_details.submission_count + 1, submission_method: 'manual' };
  }, 'charge.dispute.updated');
  const verdict = verdictIn(dispute.evidence);
  if (verdict === 'escalated' && inquiry) {
    const charge = account.charges.get(dispute.charge);
    if (charge !== undefined) account.charges.put(Object.assign(charge, { _dispute: dispute.id }));
    dispute.status = 'needs_response';
    dispute.payment_method_details = { ...dispute.payment_method_details, card: { ...dispute.payment_method_details.card, case_type: 'chargeback' } };
    account.emit('charge.dispute.updated', account.disputes.put(dispute), { status: 'warning_under_review' });
    withdraw(account, dispute);
    return;
  }
  if (verdict === 'won') close(account, dispute, inquiry ? 'warning_closed' : 'won');
  else if (verdict === 'lost') close(account, dispute, inquiry ? 'warning_closed' : 'lost');
  else account.later(account.now() + decideWithin, 'dispute.decide', dispute.id);
}

const find = (account: Account, id: string): Dispute => {
  const found = account.disputes.get(id);
  if (found === undefined) throw missing('dispute', id, 'dispute');
  return found;
};

const update = ({ account, params, raw }: Call): Dispute => {
  const dispute = find(account, params['id'] ?? '');
  const given = readParams({ evidence: hash(evidenceSpec), metadata, submit: flag, intended_submission_method: text() }, raw);
  const argues = given.evidence !== undefined && Object.keys(given.evidence).length > 0;
  if (argues && !open(dispute.status)) throw invalid(undecided(dispute.status) ? 'This dispute has already been submitted; its evidence can no longer be changed.' : 'This dispute is already closed.');
  for (const [name, value] of Object.entries(given.evidence ?? {})) {
    if (typeof value === 'string' && value.startsWith('file_') && account.files.get(value) === undefined) throw missing('file upload', value, `evidence[${name}]`, 400);
  }
  const submits = given.submit ?? argues;
  account.change(account.disputes, dispute, (one) => {
    one.metadata = mergeMetadata(one.metadata, given.metadata);
    if (given.evidence !== undefined) one.evidence = { ...one.evidence, ...given.evidence };
    if (argues) one.evidence_details = { ...one.evidence_details, has_evidence: true };
  }, ...(submits ? [] : ['charge.dispute.updated']));
  if (submits && open(dispute.status)) submit(account, dispute);
  return dispute;
};

const all = ({ account, raw }: Call): Page =>
  listRows({ table: account.disputes, url: '/v1/disputes', noun: 'dispute', filters: { charge: text(), payment_intent: text() }, fits: (row, given) => (given.charge === undefined || row.charge === given.charge) && (given.payment_intent === undefined || row.payment_intent === given.payment_intent) }, raw);

export const disputeEndpoints: readonly Endpoint[] = [
  ['GET', '/v1/disputes', all],
  ['GET', '/v1/disputes/:id', ({ account, params }) => find(account, params['id'] ?? '')],
  ['POST', '/v1/disputes/:id', update],
  ['POST', '/v1/disputes/:id/close', ({ account, params, raw }) => {
    readParams({}, raw);
    const dispute = find(account, params['id'] ?? '');
    if (!undecided(dispute.status)) throw invalid('This dispute is already closed.', {});
    return close(account, dispute, dispute.status.startsWith('warning_') ? 'warning_closed' : 'lost');
  }],
  ['GET', '/v1/radar/early_fraud_warnings', ({ account, raw }) => listRows({ table: account.warnings, url: '/v1/radar/early_fraud_warnings', noun: 'early fraud warning', filters: { charge: text(), payment_intent: text() }, fits: (row, given) => (given.charge === undefined || row.charge === given.charge) && (given.payment_intent === undefined || row.payment_intent === given.payment_intent) }, raw)],
  ['GET', '/v1/radar/early_fraud_warnings/:id', ({ account, params }) => {
    const found = account.warnings.get(params['id'] ?? '');
    if (found === undefined) throw missing('early fraud warning', params['id'] ?? '', 'early_fraud_warning');
    return found;
  }],
];
