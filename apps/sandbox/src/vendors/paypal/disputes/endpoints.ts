import type { Account } from '../account';
import { detail, notFound, PaypalError, refused } from '../core/errors';
import { formOf } from '../core/multipart';
import { Reading, type Hash } from '../core/reading';
import { ok, type Call, type Endpoint, type Outcome } from '../core/routes';
import type { Capture, Dispute, DisputeEvidence } from '../objects';
import { resolve, tellDispute, withhold } from './outcome';
import { disputeUrl, renderDispute, stateOf } from './render';

const day = 24 * 3_600;
const answerDays = 10;
const reviewDays = 30;

export const reasons = ['MERCHANDISE_OR_SERVICE_NOT_RECEIVED', 'MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED', 'UNAUTHORISED', 'CREDIT_NOT_PROCESSED', 'DUPLICATE_TRANSACTION', 'INCORRECT_AMOUNT', 'PAYMENT_BY_OTHER_MEANS', 'CANCELED_RECURRING_BILLING', 'PROBLEM_WITH_REMITTANCE', 'OTHER'] as const;

export interface Opening {
  readonly reason: (typeof reasons)[number];
  readonly channel: Dispute['channel'];
  readonly minor: number;
  readonly message: string | null;
}

/** A buyer complains of a payment. */
export function openDispute(account: Account, capture: Capture, { reason, channel, minor, message }: Opening): Dispute {
  const now = account.now();
  const number = account.id(9).replace(/\D/gu, (letter) => String(letter.charCodeAt(0) % 10));
  const due = now + answerDays * day;
  const dispute: Dispute = { id: `PP-D-${number}`, object: 'dispute', created: now, updated: now, status: 'WAITING_FOR_SELLER_RESPONSE', reason, channel, capture: capture.id, minor, currency: capture.currency, outcome: null, refunded: 0, due, evidences: [], messages: message === null ? [] : [{ posted_by: 'BUYER', time: now, content: message }], movements: [] };
  account.disputes.put(dispute);
  account.change(account.captures, capture, (one) => (one.dispute = dispute.id));
  withhold(account, dispute);
  account.disputes.put(dispute);
  account.later(due, 'dispute.due', dispute.id);
  tellDispute(account, 'CREATED', dispute);
  return dispute;
}

const find = (account: Account, id: string): Dispute => {
  const found = account.disputes.get(id);
  if (found === undefined) throw notFound('dispute_id', id);
  return found;
};

/** What can be done now, in which state. */
const inState = (one: Dispute, ...allowed: readonly Dispute['status'][]): void => {
  if (allowed.includes(one.status)) return;
  throw new PaypalError(422, [{ issue: 'ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE', field: '/status', value: one.status, location: 'body', description: 'The action is not allowed in the state that the dispute is in.' }]);
};

const linked = (account: Account, one: Dispute): Outcome => ok({ links: [{ href: disputeUrl(account, one.id), rel: 'self', method: 'GET' }] });

function change(account: Account, one: Dispute, act: (one: Dispute) => void): void {
  account.change(account.disputes, one, act);
  tellDispute(account, 'UPDATED', one);
}

/** One for every proof, from the part named `input` or the JSON itself; files are kept by their names. */
function evidencesOf({ account, body, raw, headers }: Call): readonly DisputeEvidence[] {
  const form = formOf(raw, headers['content-type'] ?? '');
  const input = form === null ? body : form.json;
  const reading = new Reading();
  const list: readonly unknown[] = Array.isArray(input['evidences']) ? input['evidences'] : input['evidence_type'] === undefined ? [] : [input];
  if (list.length === 0) reading.wrong('MISSING_REQUIRED_PARAMETER', '/evidences');
  const evidences = list.map((value, at): DisputeEvidence => {
    const one = reading.hash(value, `/evidences/${at}`, true) ?? {};
    return { evidence_type: reading.text(one['evidence_type'], `/evidences/${at}/evidence_type`, { max: 255, needed: true }) ?? 'OTHER', notes: reading.text(one['notes'], `/evidences/${at}/notes`, { max: 2_000 }), info: reading.hash(one['evidence_info'], `/evidences/${at}/evidence_info`), source: 'SUBMITTED_BY_SELLER', date: account.now(), documents: form?.files ?? [] };
  });
  reading.done();
  return evidences;
}

function provideEvidence(call: Call): Outcome {
  const { account, params } = call;
  const one = find(account, params['id'] ?? '');
  inState(one, 'WAITING_FOR_SELLER_RESPONSE');
  const evidences = evidencesOf(call);
  change(account, one, (it) => {
    it.evidences.push(...evidences);
    it.status = 'UNDER_REVIEW';
    it.due = null;
  });
  account.later(account.now() + reviewDays * day, 'dispute.review', one.id);
  return linked(account, one);
}

function acceptClaim(call: Call): Outcome {
  const { account, params } = call;
  const one = find(account, params['id'] ?? '');
  inState(one, 'WAITING_FOR_SELLER_RESPONSE');
  const input = formOf(call.raw, call.headers['content-type'] ?? '')?.json ?? call.body;
  const reading = new Reading();
  const note = reading.text(input['note'], '/note', { max: 2_000 });
  reading.choice(input['accept_claim_type'], '/accept_claim_type', ['REFUND']);
  reading.done();
  account.change(account.disputes, one, (it) => {
    if (note !== null) it.messages.push({ posted_by: 'SELLER', time: account.now(), content: note });
  });
  resolve(account, one, 'RESOLVED_BUYER_FAVOUR');
  return linked(account, one);
}

function adjudicate({ account, params, body }: Call): Outcome {
  const one = find(account, params['id'] ?? '');
  inState(one, 'UNDER_REVIEW');
  const reading = new Reading();
  const outcome = reading.choice(body['adjudication_outcome'], '/adjudication_outcome', ['BUYER_FAVOR', 'SELLER_FAVOR'], true);
  reading.done();
  resolve(account, one, outcome === 'BUYER_FAVOR' ? 'RESOLVED_BUYER_FAVOUR' : 'RESOLVED_SELLER_FAVOUR');
  return linked(account, one);
}

function requireEvidence({ account, params, body }: Call): Outcome {
  const one = find(account, params['id'] ?? '');
  inState(one, 'UNDER_REVIEW');
  const reading = new Reading();
  const action = reading.choice(body['action'], '/action', ['BUYER_EVIDENCE', 'SELLER_EVIDENCE'], true);
  reading.done();
  const seller = action === 'SELLER_EVIDENCE';
  change(account, one, (it) => {
    it.status = seller ? 'WAITING_FOR_SELLER_RESPONSE' : 'WAITING_FOR_BUYER_RESPONSE';
    it.due = seller ? account.now() + answerDays * day : null;
  });
  if (one.due !== null) account.later(one.due, 'dispute.due', one.id);
  return linked(account, one);
}

function sendMessage({ account, params, body }: Call): Outcome {
  const one = find(account, params['id'] ?? '');
  inState(one, 'WAITING_FOR_SELLER_RESPONSE', 'WAITING_FOR_BUYER_RESPONSE', 'UNDER_REVIEW');
  const reading = new Reading();
  const message = reading.text(body['message'], '/message', { max: 2_000, needed: true });
  reading.done();
  change(account, one, (it) => void it.messages.push({ posted_by: 'SELLER', time: account.now(), content: message ?? '' }));
  return linked(account, one);
}

const instant = (text: string, field: string): number => {
  const at = Date.parse(text);
  if (!Number.isFinite(at)) throw new PaypalError(400, [detail('INVALID_PARAMETER_SYNTAX', { field, value: text, location: 'query' })]);
  return at / 1_000;
};

function list({ account, query }: Call): Outcome {
  const size = Number(query.get('page_size') ?? 10);
  if (!Number.isInteger(size) || size < 1 || size > 50) throw refused('INVALID_PARAMETER_VALUE', { field: 'page_size', value: String(query.get('page_size')), location: 'query' });
  const start = query.get('start_time');
  const [after, before, state, transaction] = [query.get('update_time_after'), query.get('update_time_before'), query.get('dispute_state'), query.get('disputed_transaction_id')];
  const fits = (one: Dispute): boolean =>
    (start === null || one.created >= instant(start, 'start_time')) && (after === null || one.updated >= instant(after, 'update_time_after')) && (before === null || one.updated <= instant(before, 'update_time_before')) && (state === null || state.split(',').includes(stateOf(one))) && (transaction === null || one.capture === transaction);
  const all = [...account.disputes.newestFirst()].filter(fits);
  const from = Math.max(0, all.findIndex(({ id }) => id === query.get('next_page_token')));
  const rest = all.slice(from);
  const next = rest[size];
  const address = (token?: string): string => {
    const to = new URLSearchParams(query);
    if (token !== undefined) to.set('next_page_token', token);
    return `${account.baseUrl}/v1/customer/disputes${to.size === 0 ? '' : `?${to}`}`;
  };
  return ok({ items: rest.slice(0, size).map((one): Hash => renderDispute(account, one, { alone: false })), links: [{ href: address(), rel: 'self', method: 'GET' }, ...(next === undefined ? [] : [{ href: address(next.id), rel: 'next', method: 'GET' }])] });
}

/** A merchant who says nothing has lost; one who said something and hears nothing has won. */
export function playDisputes(account: Account): void {
  account.on('dispute.due', (id) => {
    const one = account.disputes.get(id);
    if (one?.status === 'WAITING_FOR_SELLER_RESPONSE' && one.due !== null && account.now() >= one.due) resolve(account, one, 'RESOLVED_BUYER_FAVOUR');
  });
  account.on('dispute.review', (id) => {
    const one = account.disputes.get(id);
    if (one?.status === 'UNDER_REVIEW' || one?.status === 'WAITING_FOR_BUYER_RESPONSE') resolve(account, one, 'RESOLVED_SELLER_FAVOUR');
  });
}

export const disputeEndpoints: readonly Endpoint[] = [
  ['GET', '/v1/customer/disputes', list],
  ['GET', '/v1/customer/disputes/:id', ({ account, params }) => ok(renderDispute(account, find(account, params['id'] ?? ''), { alone: true }))],
  ['POST', '/v1/customer/disputes/:id/provide-evidence', provideEvidence],
  ['POST', '/v1/customer/disputes/:id/provide-supporting-info', provideEvidence],
  ['POST', '/v1/customer/disputes/:id/accept-claim', acceptClaim],
  ['POST', '/v1/customer/disputes/:id/adjudicate', adjudicate],
  ['POST', '/v1/customer/disputes/:id/require-evidence', requireEvidence],
  ['POST', '/v1/customer/disputes/:id/send-message', sendMessage],
];
