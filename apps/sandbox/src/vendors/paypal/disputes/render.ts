import { isoTime, type Account } from '../account';
import type { Link } from '../core/errors';
import { moneyOf } from '../core/money';
import type { Hash } from '../core/reading';
import type { Dispute } from '../objects';
import { payerOf } from '../orders/sources';
import { merchant } from '../orders/units';

const time = (seconds: number): string => isoTime(seconds).replace('Z', '.000Z');

export const stateOf = (one: Dispute): 'REQUIRED_ACTION' | 'REQUIRED_OTHER_PARTY_ACTION' | 'UNDER_PAYPAL_REVIEW' | 'RESOLVED' => {
  switch (one.status) {
    case 'WAITING_FOR_SELLER_RESPONSE':
      return 'REQUIRED_ACTION';
    case 'WAITING_FOR_BUYER_RESPONSE':
      return 'REQUIRED_OTHER_PARTY_ACTION';
    case 'UNDER_REVIEW':
      return 'UNDER_PAYPAL_REVIEW';
    case 'RESOLVED':
      return 'RESOLVED';
  }
};

export const disputeUrl = (account: Account, id: string): string => `${account.baseUrl}/v1/customer/disputes/${id}`;

function linksOf(account: Account, one: Dispute): readonly Link[] {
  const self = disputeUrl(account, one.id);
  const post = (path: string, rel: string): Link => ({ href: `${self}/${path}`, rel, method: 'POST' });
  const links: Link[] = [{ href: self, rel: 'self', method: 'GET' }];
  if (one.status === 'WAITING_FOR_SELLER_RESPONSE') links.push(post('provide-evidence', 'provide_evidence'), post('accept-claim', 'accept_claim'));
  if (one.status === 'UNDER_REVIEW') links.push(post('adjudicate', 'adjudicate'), post('require-evidence', 'require_evidence'));
  if (one.status !== 'RESOLVED') links.push(post('send-message', 'send_message'));
  return links;
}

const summary = (account: Account, one: Dispute): Hash => ({
  dispute_id: one.id,
  create_time: time(one.created),
  update_time: time(one.updated),
  reason: one.reason,
  status: one.status,
  dispute_state: stateOf(one),
  dispute_amount: moneyOf(one.minor, one.currency),
  dispute_life_cycle_stage: 'CHARGEBACK',
  dispute_channel: one.channel,
  ...(one.due === null ? {} : { seller_response_due_date: time(one.due) }),
  links: linksOf(account, one),
});

/** In a list, or alone with all that belongs to it. */
export function renderDispute(account: Account, one: Dispute, { alone }: { readonly alone: boolean }): Hash {
  if (!alone) return { ...summary(account, one), links: linksOf(account, one).slice(0, 1) };
  const capture = account.captures.get(one.capture);
  const order = account.orders.get(capture?.order ?? '');
  const person = order === undefined ? {} : payerOf(order);
  const name = person['name'];
  return {
    ...summary(account, one),
    disputed_transactions:
      capture === undefined
        ? []
        : [
            {
              buyer_transaction_id: capture.id,
              seller_transaction_id: capture.id,
              create_time: time(capture.created),
              transaction_status: capture.status === 'REFUNDED' ? 'REVERSED' : 'COMPLETED',
              gross_amount: moneyOf(capture.minor, capture.currency),
              ...(capture.invoice_id === null ? {} : { invoice_number: capture.invoice_id }),
              ...(capture.custom_id === null ? {} : { custom: capture.custom_id }),
              buyer: { email: person['email_address'], payer_id: person['payer_id'], name: typeof name === 'object' && name !== null ? Object.values(name).join(' ') : '' },
              seller: { email: merchant.email_address, merchant_id: merchant.merchant_id, name: 'Sandbox merchant' },
            },
          ],
    ...(one.outcome === null ? {} : { dispute_outcome: { outcome_code: one.outcome, amount_refunded: moneyOf(one.refunded, one.currency) } }),
    ...(one.movements.length === 0 ? {} : { money_movements: one.movements.map((it) => ({ affected_party: 'SELLER', amount: moneyOf(it.minor, one.currency), initiated_time: time(it.time), type: it.type, reason: it.reason })) }),
    ...(one.messages.length === 0 ? {} : { messages: one.messages.map((it) => ({ posted_by: it.posted_by, time_posted: time(it.time), content: it.content })) }),
    ...(one.evidences.length === 0 ? {} : { evidences: one.evidences.map((it) => ({ evidence_type: it.evidence_type, source: it.source, date: time(it.date), ...(it.notes === null ? {} : { notes: it.notes }), ...(it.info === null ? {} : { evidence_info: it.info }), ...(it.documents.length === 0 ? {} : { documents: it.documents.map((document) => ({ name: document })) }) })) }),
    refund_details: { allowed_refund_amount: moneyOf(capture === undefined ? 0 : capture.minor - capture.refunded, one.currency) },
    ...(one.status === 'WAITING_FOR_SELLER_RESPONSE' ? { allowed_response_options: { accept_claim: { accept_claim_types: ['REFUND'] } } } : {}),
  };
}
