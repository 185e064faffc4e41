import { currencySchema, disputeStatuses, idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute, pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { ledgerAccounts } from '../../domain/ledger';
import { refundStates } from '../../domain/refunds';
import { balancesSchema, breakSchema, decisionBody, disputeSchema, evidenceBody, journalSchema, limitBody, limitSchema, payBody, payoutSchema, refundBody, refundSchema, refusalBody, reportSchema, resolveBody, runBody } from '../schemas/back-office';

const ofId = z.strictObject({ id: idSchema });
// Without the cursor: what is listed here is worked through, and never that deep.
const { page, per_page } = pageQuery.shape;
const paging = { page, per_page };
const etag = { etag: { description: 'Version, for If-Match' } };

const refunds = { tag: 'refunds' } as const;
export const askRefund = defineRoute({
  ...refunds,
  method: 'POST',
  path: '/refunds',
  operationId: 'requestRefund',
  summary: 'Give a buyer money back',
  description: 'Shared out among the charges it was paid by. Above the tenant’s limit, what was asked for before counted in, it waits for a second person.',
  access: can('refund.request', { auditRefusals: true }),
  body: refundBody,
  idempotency: 'required',
  response: { status: 201, data: refundSchema, headers: { location: { description: 'Address of the refund' }, ...etag } },
  errors: ['not_found', 'refund_exceeds_payment', 'currency_mismatch'],
});
export const listRefunds = defineRoute({ ...refunds, method: 'GET', path: '/refunds', operationId: 'listRefunds', summary: 'Refunds, latest first', access: can('refund.request'), query: z.strictObject({ ...paging, state: z.enum(refundStates).optional(), order_id: idSchema.optional() }), response: { status: 200, data: z.array(refundSchema), paginated: true }, errors: ['page_too_deep'] });
export const getRefund = defineRoute({ ...refunds, method: 'GET', path: '/refunds/:id', operationId: 'getRefund', summary: 'One refund', access: can('refund.request'), params: ofId, response: { status: 200, data: refundSchema, headers: etag }, errors: ['not_found'] });
const decision = { ...refunds, method: 'POST', access: can('refund.approve', { auditRefusals: true }), params: ofId, idempotency: 'required', response: { status: 200, data: refundSchema, headers: etag } } as const;
export const approveRefund = defineRoute({ ...decision, path: '/refunds/:id/approve', operationId: 'approveRefund', summary: 'Approve what somebody else has asked for', body: decisionBody, bodyOptional: true, errors: ['not_found', 'transition_not_allowed', 'second_approval_required', 'refund_exceeds_payment'] });
export const refuseRefund = defineRoute({ ...decision, path: '/refunds/:id/refuse', operationId: 'refuseRefund', summary: 'Refuse what somebody else has asked for', body: refusalBody, errors: ['not_found', 'transition_not_allowed', 'second_approval_required'] });
export const retryRefund = defineRoute({ ...decision, path: '/refunds/:id/retry', operationId: 'retryRefund', summary: 'Send what failed at the buyer’s bank once more', errors: ['not_found', 'transition_not_allowed', 'refund_exceeds_payment'] });

const ofCurrency = z.strictObject({ currency: currencySchema });
export const getRefundLimit = defineRoute({ ...refunds, method: 'GET', path: '/refund-limits/:currency', operationId: 'getRefundLimit', summary: 'Above which amount a refund needs a second person', access: can('refund.request'), params: ofCurrency, response: { status: 200, data: limitSchema, headers: etag } });
export const putRefundLimit = defineRoute({ ...refunds, method: 'PUT', path: '/refund-limits/:currency', operationId: 'putRefundLimit', summary: 'Set above which amount a refund needs a second person', access: can('order_policy.manage', { auditRefusals: true }), params: ofCurrency, body: limitBody, response: { status: 200, data: limitSchema, headers: etag } });

const ledger = { tag: 'ledger', access: can('ledger.read') } as const;
export const listJournals = defineRoute({ ...ledger, method: 'GET', path: '/ledger', operationId: 'listJournals', summary: 'The tenant’s journals, latest first', query: z.strictObject({ ...paging, order_id: idSchema.optional(), account: z.enum(ledgerAccounts).optional() }), response: { status: 200, data: z.array(journalSchema), paginated: true }, errors: ['page_too_deep'] });
export const getOrderBalances = defineRoute({ ...ledger, method: 'GET', path: '/ledger/orders/:id', operationId: 'getOrderBalances', summary: 'An order’s balances, and where its money is', params: ofId, response: { status: 200, data: balancesSchema }, errors: ['not_found'] });

const disputes = { tag: 'disputes', access: can('reconciliation.manage', { auditRefusals: true }) } as const;
export const listDisputes = defineRoute({ ...disputes, method: 'GET', path: '/disputes', operationId: 'listDisputes', summary: 'Payments that banks take back, latest first', query: z.strictObject({ ...paging, status: z.enum(disputeStatuses).optional(), order_id: idSchema.optional() }), response: { status: 200, data: z.array(disputeSchema), paginated: true }, errors: ['page_too_deep'] });
export const getDispute = defineRoute({ ...disputes, method: 'GET', path: '/disputes/:id', operationId: 'getDispute', summary: 'One dispute', params: ofId, response: { status: 200, data: disputeSchema }, errors: ['not_found'] });
export const sendEvidence = defineRoute({ ...disputes, method: 'POST', path: '/disputes/:id/evidence', operationId: 'submitEvidence', summary: 'Send what speaks against it, once', description: 'What is known of the sale goes with it.', params: ofId, body: evidenceBody, idempotency: 'required', response: { status: 202, data: disputeSchema }, errors: ['not_found', 'transition_not_allowed'] });

const payouts = { tag: 'payouts', access: can('reconciliation.manage', { auditRefusals: true }) } as const;
export const listPayouts = defineRoute({ ...payouts, method: 'GET', path: '/payouts', operationId: 'listPayouts', summary: 'What sellers and others are owed of completed sales', query: z.strictObject({ ...paging, state: z.enum(['due', 'paid']).optional(), order_id: idSchema.optional() }), response: { status: 200, data: z.array(payoutSchema), paginated: true }, errors: ['page_too_deep'] });
export const payPayout = defineRoute({ ...payouts, method: 'POST', path: '/payouts/:id/pay', operationId: 'payPayout', summary: 'Write down that the bank has paid it', description: 'Its reference stands for one transfer, and under one payout.', params: ofId, body: payBody, idempotency: 'required', response: { status: 200, data: payoutSchema }, errors: ['not_found', 'transition_not_allowed', 'already_exists'] });

const reconciliation = { tag: 'reconciliation', access: can('reconciliation.manage', { auditRefusals: true }) } as const;
export const listBreaks = defineRoute({ ...reconciliation, method: 'GET', path: '/reconciliation/breaks', operationId: 'listBreaks', summary: 'What does not fit', query: z.strictObject({ ...paging, state: z.enum(['open', 'resolved']).optional(), kind: z.string().max(60).optional() }), response: { status: 200, data: z.array(breakSchema), paginated: true }, errors: ['page_too_deep'] });
export const resolveBreak = defineRoute({ ...reconciliation, method: 'POST', path: '/reconciliation/breaks/:id/resolve', operationId: 'resolveBreak', summary: 'Say why it does not fit, or let it be tried again', params: ofId, body: resolveBody, idempotency: 'required', response: { status: 200, data: breakSchema }, errors: ['not_found', 'transition_not_allowed'] });
export const listReconciliations = defineRoute({ ...reconciliation, method: 'GET', path: '/reconciliation/runs', operationId: 'listReconciliations', summary: 'The days that were compared with the providers’ books', query: z.strictObject({ ...paging }), response: { status: 200, data: z.array(reportSchema), paginated: true }, errors: ['page_too_deep'] });
export const runReconciliation = defineRoute({ ...reconciliation, method: 'POST', path: '/reconciliation/runs', operationId: 'runReconciliation', summary: 'Compare a day now', body: runBody, bodyOptional: true, response: { status: 202, data: z.strictObject({ job_id: z.string() }) } });
