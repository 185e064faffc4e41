import { CheckoutPaymentIntent } from '@paypal/paypal-server-sdk';
import type { Sandbox } from './sandbox';
import { refused } from './suite/asking';
import { played, problemOf, raw, sdk, visit, type Sdk } from './suite/paypal';
import { control, smallSandbox, type Parsed } from './suite/sandbox';

let sandbox: Sandbox;
let paypal: Sdk;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  paypal = await sdk(sandbox);
});
afterEach(() => played(sandbox, 'settings', { reset: true }));
afterAll(() => sandbox.close());

const whole = 'return=representation';
const advance = (by: string) => control(sandbox, 'clock', { advance: by });
const eur = (value: string) => ({ currencyCode: 'EUR', value });
const issuesOf = async (attempt: Promise<unknown>): Promise<string[]> => problemOf(await refused(attempt)).issues;

const order = async (intent: 'Capture' | 'Authorize', value: string, more: { funding?: string; currencyCode?: string; invoiceId?: string } = {}): Promise<string> => {
  const { currencyCode = 'EUR', funding = 'balance', invoiceId } = more;
  const { result } = await paypal.orders.createOrder({ body: { intent: CheckoutPaymentIntent[intent], purchaseUnits: [{ amount: { currencyCode, value }, customId: 'order-7', ...(invoiceId === undefined ? {} : { invoiceId }) }] } });
  await visit(sandbox, result.id ?? '', { funding });
  return result.id ?? '';
};
const authorized = async (value = '100.00', more: Parameters<typeof order>[2] = {}): Promise<string> => {
  const { result } = await paypal.orders.authorizeOrder({ id: await order('Authorize', value, more) });
  return result.purchaseUnits?.[0]?.payments?.authorizations?.[0]?.id ?? '';
};
const captured = async (value = '100.00', more: Parameters<typeof order>[2] = {}): Promise<string> => {
  const { result } = await paypal.orders.captureOrder({ id: await order('Capture', value, more) });
  return result.purchaseUnits?.[0]?.payments?.captures?.[0]?.id ?? '';
};
const authorizationOf = async (authorizationId: string) => (await paypal.payments.getAuthorizedPayment({ authorizationId })).result;
const captureOf = async (captureId: string) => (await paypal.payments.getCapturedPayment({ captureId })).result;
const capture = async (authorizationId: string, body: object = {}) => (await paypal.payments.captureAuthorizedPayment({ authorizationId, body, prefer: whole })).result;
const refund = async (captureId: string, body: object = {}) => (await paypal.payments.refundCapturedPayment({ captureId, body, prefer: whole })).result;

describe('an authorization', () => {
  it('holds money for 29 days, with links to what can be done', async () => {
    const id = await authorized('250.00', { invoiceId: 'A-1' });
    const one = await authorizationOf(id);
    expect(one).toMatchObject({ status: 'CREATED', amount: { currencyCode: 'EUR', value: '250.00' }, invoiceId: 'A-1', customId: 'order-7', supplementaryData: { relatedIds: { orderId: expect.any(String) } } });
    expect(Date.parse(one.expirationTime ?? '') - Date.parse(one.createTime ?? '')).toBe(29 * 86_400_000);
    expect(one.links?.map(({ rel }) => rel)).toEqual(['self', 'capture', 'void', 'reauthorize', 'up']);
    const parent = (await paypal.orders.getOrder({ id: one.supplementaryData?.relatedIds?.orderId ?? '' })).result;
    expect(parent).toMatchObject({ status: 'COMPLETED', purchaseUnits: [{ payments: { authorizations: [{ id }] } }] });
    expect(await issuesOf(paypal.orders.authorizeOrder({ id: parent.id ?? '' }))).toEqual(['ORDER_ALREADY_AUTHORIZED']);
    expect(await issuesOf(paypal.orders.captureOrder({ id: parent.id ?? '' }))).toEqual(['ACTION_DOES_NOT_MATCH_INTENT']);
  });

  it('is captured in parts, until the last of them or all of it', async () => {
    const id = await authorized('100.00');
    const first = await paypal.payments.captureAuthorizedPayment({ authorizationId: id, body: { amount: eur('30.00') } });
    expect([first.statusCode, Object.keys(JSON.parse(JSON.stringify(first.result))).sort()]).toEqual([201, ['id', 'links', 'status']]);
    expect((await authorizationOf(id)).status).toBe('PARTIALLY_CAPTURED');
    expect(await capture(id, { amount: eur('70.00') })).toMatchObject({ status: 'COMPLETED', finalCapture: false, sellerReceivableBreakdown: { grossAmount: eur('70.00'), paypalFee: eur('2.83'), netAmount: eur('67.17') } });
    expect((await authorizationOf(id)).status).toBe('CAPTURED');
    expect(await issuesOf(capture(id, { amount: eur('1.00') }))).toEqual(['AUTHORIZATION_ALREADY_CAPTURED']);
    const other = await authorized('100.00');
    expect(await capture(other, { amount: eur('10.00'), finalCapture: true })).toMatchObject({ finalCapture: true });
    expect((await authorizationOf(other)).status).toBe('CAPTURED');
    const rest = await authorized('100.00');
    await capture(rest, { amount: eur('99.00') });
    expect((await capture(rest)).amount).toEqual(eur('1.00'));
  });

  it.each([
    ['100.00', '115.00', '115.01'],
    ['1000.00', '1069.00', '1069.01'],
  ])('of %s gives at most %s', async (held, most, more) => {
    const id = await authorized(held);
    expect(await issuesOf(capture(id, { amount: eur(more) }))).toEqual(['MAX_CAPTURE_AMOUNT_EXCEEDED']);
    expect((await capture(id, { amount: eur(most) })).status).toBe('COMPLETED');
  });

  it('of dollars gives at most 75 of them more', async () => {
    const usd = (value: string) => ({ amount: { currencyCode: 'USD', value } });
    const id = await authorized('1000.00', { currencyCode: 'USD' });
    expect(await issuesOf(capture(id, usd('1075.01')))).toEqual(['MAX_CAPTURE_AMOUNT_EXCEEDED']);
    await capture(id, usd('900.00'));
    expect(await issuesOf(capture(id, usd('175.01')))).toEqual(['MAX_CAPTURE_AMOUNT_EXCEEDED']);
    await capture(id, usd('175.00'));
  });

  it('refuses other currencies and amounts that are none', async () => {
    const id = await authorized('100.00');
    expect(await issuesOf(capture(id, { amount: { currencyCode: 'USD', value: '10.00' } }))).toEqual(['AUTH_CAPTURE_CURRENCY_MISMATCH']);
    expect(await issuesOf(capture(id, { amount: eur('0.00') }))).toEqual(['CANNOT_BE_ZERO_OR_NEGATIVE']);
    expect(await issuesOf(capture(id, { amount: eur('-1.00') }))).toEqual(['CANNOT_BE_ZERO_OR_NEGATIVE']);
    expect(await issuesOf(capture('NONE'))).toEqual(['INVALID_RESOURCE_ID']);
    expect((await authorizationOf(id)).status).toBe('CREATED');
  });

  it('is voided once, and the order with it', async () => {
    const id = await authorized('100.00');
    const voided = await paypal.payments.voidPayment({ authorizationId: id });
    expect(voided.statusCode).toBe(204);
    const one = await authorizationOf(id);
    expect(one.status).toBe('VOIDED');
    expect((await paypal.orders.getOrder({ id: one.supplementaryData?.relatedIds?.orderId ?? '' })).result.status).toBe('VOIDED');
    expect(await issuesOf(paypal.payments.voidPayment({ authorizationId: id }))).toEqual(['PREVIOUSLY_VOIDED']);
    expect(await issuesOf(capture(id))).toEqual(['AUTHORIZATION_VOIDED']);
    const part = await authorized('100.00');
    await capture(part, { amount: eur('40.00') });
    expect((await paypal.payments.voidPayment({ authorizationId: part, prefer: whole })).result).toMatchObject({ status: 'VOIDED' });
    const all = await authorized('100.00');
    await capture(all);
    expect(await issuesOf(paypal.payments.voidPayment({ authorizationId: all }))).toEqual(['PREVIOUSLY_CAPTURED']);
  });

  it('is over after 29 days by the sandbox’s clock', async () => {
    const id = await authorized('100.00');
    await advance('28d');
    expect((await authorizationOf(id)).status).toBe('CREATED');
    await advance('2d');
    expect((await authorizationOf(id)).status).toBe('VOIDED');
    expect(await issuesOf(capture(id))).toEqual(['AUTHORIZATION_EXPIRED']);
    expect(await issuesOf(paypal.payments.reauthorizePayment({ authorizationId: id }))).toEqual(['AUTHORIZATION_EXPIRED']);
  });

  it('can be looked at and given or refused a day later', async () => {
    const [good, bad] = [await authorized('100.00', { funding: 'review' }), await authorized('100.00', { funding: 'review_denied' })];
    expect(await authorizationOf(good)).toMatchObject({ status: 'PENDING', statusDetails: { reason: 'PENDING_REVIEW' } });
    expect(await issuesOf(capture(good))).toEqual(['TRANSACTION_REFUSED']);
    await advance('25h');
    expect((await authorizationOf(good)).status).toBe('CREATED');
    expect((await authorizationOf(bad)).status).toBe('DENIED');
    expect(await issuesOf(capture(bad))).toEqual(['AUTHORIZATION_DENIED']);
    expect((await capture(good)).status).toBe('COMPLETED');
  });
});

describe('a reauthorization', () => {
  const again = async (authorizationId: string, body: object = {}) => (await paypal.payments.reauthorizePayment({ authorizationId, body, prefer: whole })).result;

  it('comes from the fourth day on, holds three days more, and ends with the original', async () => {
    const id = await authorized('100.00');
    expect(await issuesOf(again(id))).toEqual(['REAUTHORIZATION_TOO_SOON']);
    await advance('73h');
    const first = await again(id, { amount: eur('110.00') });
    expect(first).toMatchObject({ status: 'CREATED', amount: eur('110.00'), expirationTime: (await authorizationOf(id)).expirationTime });
    expect(first.id).not.toBe(id);
    expect(await issuesOf(again(id))).toEqual(['REAUTHORIZATION_TOO_SOON']);
    expect(await issuesOf(paypal.payments.voidPayment({ authorizationId: first.id ?? '' }))).toEqual(['CANNOT_BE_VOIDED']);
    await advance('73h');
    const second = await again(first.id ?? '', { amount: eur('100.00') });
    await capture(second.id ?? '', { amount: eur('60.00') });
    expect(await issuesOf(capture(first.id ?? '', { amount: eur('60.00') }))).toEqual(['MAX_CAPTURE_AMOUNT_EXCEEDED']);
    expect((await authorizationOf(id)).status).toBe('PARTIALLY_CAPTURED');
    await paypal.payments.voidPayment({ authorizationId: id });
    for (const one of [id, first.id, second.id]) expect((await authorizationOf(one ?? '')).status).toBe('VOIDED');
  });

  it('is for the same currency and not much more', async () => {
    const id = await authorized('100.00');
    await advance('4d');
    expect(await issuesOf(again(id, { amount: eur('115.01') }))).toEqual(['AUTHORIZATION_AMOUNT_EXCEEDED']);
    expect(await issuesOf(again(id, { amount: { currencyCode: 'USD', value: '100.00' } }))).toEqual(['AUTH_CURRENCY_MISMATCH']);
    expect((await again(id, { amount: eur('115.00') })).status).toBe('CREATED');
  });

  it('may be had once only, if one wants it so', async () => {
    await played(sandbox, 'settings', { reauthorize: 'once' });
    const id = await authorized('100.00');
    await advance('4d');
    const first = await again(id);
    await advance('4d');
    expect(await issuesOf(again(id))).toEqual(['REAUTHORIZATION_NOT_SUPPORTED']);
    expect(await issuesOf(again(first.id ?? ''))).toEqual(['REAUTHORIZATION_NOT_SUPPORTED']);
  });

  it('finds no money where the payer has none any more', async () => {
    const id = await authorized('100.00', { funding: 'gone_after_honor' });
    await advance('4d');
    expect(await issuesOf(capture(id))).toEqual(['PAYER_CANNOT_PAY']);
    expect(await issuesOf(again(id))).toEqual(['PAYER_CANNOT_PAY']);
    const other = await authorized('100.00', { funding: 'gone_after_honor' });
    expect((await capture(other)).status).toBe('COMPLETED');
  });
});

describe('a number of an invoice', () => {
  it('is for one order, and in captures for one of them', async () => {
    const id = await authorized('100.00', { invoiceId: 'B-1' });
    const other = await order('Authorize', '100.00', { invoiceId: 'B-1' });
    expect(await issuesOf(paypal.orders.authorizeOrder({ id: other }))).toEqual(['DUPLICATE_INVOICE_ID']);
    await capture(id, { amount: eur('10.00'), invoiceId: 'B-1' });
    expect(await issuesOf(capture(id, { amount: eur('10.00'), invoiceId: 'B-1' }))).toEqual(['DUPLICATE_INVOICE_ID']);
    await capture(id, { amount: eur('10.00'), invoiceId: 'B-1/2' });
    const free = await authorized('100.00', { invoiceId: 'B-2' });
    await paypal.payments.voidPayment({ authorizationId: free });
    expect(await authorized('100.00', { invoiceId: 'B-2' })).not.toBe(free);
  });
});

describe('a capture', () => {
  it('by eCheck is on its way for days, and comes or does not', async () => {
    const [good, bad] = [await captured('100.00', { funding: 'echeck' }), await captured('100.00', { funding: 'echeck_bounces' })];
    const pending = await captureOf(good);
    expect(pending).toMatchObject({ status: 'PENDING', statusDetails: { reason: 'ECHECK' } });
    expect(pending.sellerReceivableBreakdown).toBeUndefined();
    expect(await issuesOf(refund(good))).toEqual(['PENDING_CAPTURE']);
    await advance('6d');
    expect(await captureOf(good)).toMatchObject({ status: 'COMPLETED', sellerReceivableBreakdown: { netAmount: eur('96.12') } });
    expect((await captureOf(bad)).status).toBe('DECLINED');
    expect(await issuesOf(refund(bad))).toEqual(['REFUND_NOT_ALLOWED']);
  });

  it('is given back in parts and never more than it was', async () => {
    const id = await captured('100.00');
    expect(await refund(id, { amount: eur('40.00'), invoiceId: 'R-1', noteToPayer: 'Sorry' })).toMatchObject({ status: 'COMPLETED', amount: eur('40.00'), invoiceId: 'R-1', noteToPayer: 'Sorry', sellerPayableBreakdown: { grossAmount: eur('40.00'), paypalFee: eur('0.00'), netAmount: eur('40.00'), totalRefundedAmount: eur('40.00') } });
    expect((await captureOf(id)).status).toBe('PARTIALLY_REFUNDED');
    expect(await issuesOf(refund(id, { amount: eur('60.01') }))).toEqual(['REFUND_AMOUNT_EXCEEDED']);
    expect(await issuesOf(refund(id, { amount: { currencyCode: 'USD', value: '1.00' } }))).toEqual(['REFUND_CAPTURE_CURRENCY_MISMATCH']);
    expect(await issuesOf(refund(id, { amount: eur('1.00'), invoiceId: 'R-1' }))).toEqual(['DUPLICATE_INVOICE_ID']);
    const rest = await refund(id);
    expect(rest).toMatchObject({ amount: eur('60.00'), sellerPayableBreakdown: { totalRefundedAmount: eur('100.00') } });
    expect((await captureOf(id)).status).toBe('REFUNDED');
    expect(await issuesOf(refund(id))).toEqual(['CAPTURE_FULLY_REFUNDED']);
    expect((await paypal.payments.getRefund({ refundId: rest.id ?? '' })).result).toMatchObject({ id: rest.id, status: 'COMPLETED' });
  });

  it('is given back once for one request id', async () => {
    const id = await captured('100.00');
    const ask = () => paypal.payments.refundCapturedPayment({ captureId: id, body: { amount: eur('10.00') }, paypalRequestId: 'refund:1' });
    const [one, other] = [await ask(), await ask()];
    expect([one.statusCode, other.statusCode, other.result.id]).toEqual([201, 200, one.result.id]);
    const voiding = await authorized('10.00');
    const twice = () => raw(sandbox, 'POST', `/v2/payments/authorizations/${voiding}/void`, undefined, { 'paypal-request-id': 'void:1' });
    expect([(await twice()).status, (await twice()).status]).toEqual([204, 204]);
  });

  it('cannot be given back after half a year', async () => {
    const id = await captured('100.00');
    await advance('181d');
    expect(await issuesOf(refund(id))).toEqual(['REFUND_TIME_LIMIT_EXCEEDED']);
  });
});

describe('a search of transactions', () => {
  it('finds what has moved, with fees, page by page', async () => {
    const balance = async (): Promise<number> => Math.round(Number((await paypal.reports.searchBalances({ currencyCode: 'EUR' })).result.balances?.[0]?.totalBalance.value) * 100);
    const before = await balance();
    const begin = new Date((await control(sandbox, 'clock')).now);
    const startDate = new Date(begin.getTime() - 1_000).toISOString();
    const id = await captured('100.00', { invoiceId: 'S-1' });
    const given = await refund(id, { amount: eur('25.00') });
    await authorized('300.00');
    const endDate = new Date(begin.getTime() + 60_000).toISOString();
    const { result } = await paypal.reports.searchTransactions({ startDate, endDate, fields: 'all' });
    expect(result).toMatchObject({ totalItems: 2, totalPages: 1, page: 1 });
    expect(result.transactionDetails?.map((one) => one.transactionInfo)).toMatchObject([
      { transactionId: id, transactionEventCode: 'T0006', transactionAmount: eur('100.00'), feeAmount: eur('-3.88'), transactionStatus: 'S', invoiceId: 'S-1', customField: 'order-7' },
      { transactionId: given.id, transactionEventCode: 'T1107', transactionAmount: eur('-25.00'), paypalReferenceId: id, paypalReferenceIdType: 'TXN', transactionStatus: 'S' },
    ]);
    expect(result.transactionDetails?.[0]?.payerInfo).toMatchObject({ emailAddress: 'sb-buyer@personal.example.com' });
    const all = await paypal.reports.searchTransactions({ startDate, endDate, balanceAffectingRecordsOnly: 'N', pageSize: 2, page: 2 });
    expect(all.result).toMatchObject({ totalItems: 3, totalPages: 2, page: 2, transactionDetails: [{ transactionInfo: { transactionEventCode: 'T1300' } }] });
    expect((await paypal.reports.searchTransactions({ startDate, endDate, transactionId: id })).result.totalItems).toBe(1);
    // 100.00 without its fee of 3.88, less 25.00; what is only held does not count.
    expect((await balance()) - before).toBe(7_112);
  });

  it('shows them late, if one wants it so', async () => {
    await played(sandbox, 'settings', { reporting_seconds: 3 * 3_600 });
    const now = new Date((await control(sandbox, 'clock')).now).getTime();
    const id = await captured('100.00');
    const found = async () => (await paypal.reports.searchTransactions({ startDate: new Date(now - 1_000).toISOString(), endDate: new Date(now + 60_000).toISOString(), transactionId: id })).result.totalItems;
    expect(await found()).toBe(0);
    await advance('4h');
    expect(await found()).toBe(1);
  });

  it('wants a time of at most a month', async () => {
    const ask = async (query: string) => {
      const { status, body } = await raw(sandbox, 'GET', `/v1/reporting/transactions?${query}`);
      return [status, body.details?.[0]?.issue];
    };
    expect(await ask('')).toEqual([400, 'MISSING_REQUIRED_PARAMETER']);
    expect(await ask('start_date=2026-03-01T00:00:00Z&end_date=yesterday')).toEqual([400, 'INVALID_PARAMETER_SYNTAX']);
    expect(await ask('start_date=2026-03-01T00:00:00Z&end_date=2026-04-02T00:00:00Z')).toEqual([400, 'INVALID_DATE_RANGE']);
    expect(await ask('start_date=2026-03-02T00:00:00Z&end_date=2026-03-01T00:00:00Z')).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(await ask('start_date=2026-03-01T00:00:00Z&end_date=2026-03-02T00:00:00Z&page_size=501')).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});

describe('a dispute', () => {
  const open = (id: string, more: object = {}): Promise<Parsed> => played(sandbox, 'disputes', { capture_id: id, reason: 'MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED', message: 'There is rust', ...more });
  const get = async (id: string): Promise<Parsed> => (await raw(sandbox, 'GET', `/v1/customer/disputes/${id}`)).body;
  const act = (id: string, what: string, body: unknown = {}) => raw(sandbox, 'POST', `/v1/customer/disputes/${id}/${what}`, body);
  const codesOf = async (id: string): Promise<string[]> => {
    const now = new Date((await control(sandbox, 'clock')).now).getTime();
    const lines = (await paypal.reports.searchTransactions({ startDate: new Date(now - 29 * 86_400_000).toISOString(), endDate: new Date(now + 60_000).toISOString(), pageSize: 500 })).result.transactionDetails ?? [];
    return lines.filter((one) => one.transactionInfo?.transactionId === id || one.transactionInfo?.paypalReferenceId === id).map((one) => `${one.transactionInfo?.transactionEventCode ?? ''} ${one.transactionInfo?.transactionAmount?.value ?? ''}`);
  };

  it('holds the money until it is decided for the merchant', async () => {
    const id = await captured('100.00');
    const dispute = await open(id);
    expect(dispute).toMatchObject({ dispute_id: expect.stringMatching(/^PP-D-\d{9}$/u), status: 'WAITING_FOR_SELLER_RESPONSE', dispute_state: 'REQUIRED_ACTION', dispute_amount: { value: '100.00' }, disputed_transactions: [{ seller_transaction_id: id }], messages: [{ posted_by: 'BUYER', content: 'There is rust' }] });
    expect(await open(id)).toMatchObject({ details: [{ issue: 'TRANSACTION_DISPUTED' }] });
    expect(await issuesOf(refund(id, { amount: eur('10.00') }))).toEqual(['TRANSACTION_DISPUTED']);
    const form = new FormData();
    form.append('input', new Blob([JSON.stringify({ evidences: [{ evidence_type: 'PROOF_OF_FULFILLMENT', notes: 'Handed over', evidence_info: { tracking_info: [{ carrier_name: 'OTHER', tracking_number: '1' }] } }] })], { type: 'application/json' }));
    form.append('file1', new Blob(['%PDF-'], { type: 'application/pdf' }), 'Übergabe.pdf');
    const packed = new Request('http://x/', { method: 'POST', body: form });
    const told = await raw(sandbox, 'POST', `/v1/customer/disputes/${dispute.dispute_id}/provide-evidence`, Buffer.from(await packed.arrayBuffer()).toString('utf8'), { 'content-type': packed.headers.get('content-type') ?? '' });
    expect([told.status, told.body.links[0].rel]).toEqual([200, 'self']);
    expect(await get(dispute.dispute_id)).toMatchObject({ status: 'UNDER_REVIEW', evidences: [{ evidence_type: 'PROOF_OF_FULFILLMENT', notes: 'Handed over', documents: [{ name: 'Übergabe.pdf' }] }] });
    expect((await act(dispute.dispute_id, 'accept-claim')).status).toBe(422);
    expect((await act(dispute.dispute_id, 'adjudicate', { adjudication_outcome: 'SELLER_FAVOR' })).status).toBe(200);
    expect(await get(dispute.dispute_id)).toMatchObject({ status: 'RESOLVED', dispute_outcome: { outcome_code: 'RESOLVED_SELLER_FAVOUR', amount_refunded: { value: '0.00' } } });
    expect(await codesOf(id)).toEqual(['T0006 100.00', 'T1110 -100.00', 'T1111 100.00']);
    expect((await captureOf(id)).status).toBe('COMPLETED');
  });

  it('that is accepted takes the money', async () => {
    const id = await captured('100.00');
    const { dispute_id: dispute } = await open(id, { amount: { currency_code: 'EUR', value: '60.00' } });
    await act(dispute, 'accept-claim', { note: 'You are right' });
    expect(await get(dispute)).toMatchObject({ status: 'RESOLVED', dispute_outcome: { outcome_code: 'RESOLVED_BUYER_FAVOUR', amount_refunded: { value: '60.00' } } });
    expect((await captureOf(id)).status).toBe('PARTIALLY_REFUNDED');
    expect(await codesOf(id)).toEqual(['T0006 100.00', 'T1110 -60.00', 'T1111 60.00', 'T1106 -60.00']);
    expect(await issuesOf(refund(id, { amount: eur('40.01') }))).toEqual(['REFUND_AMOUNT_EXCEEDED']);
  });

  it('that nobody answers is lost after ten days', async () => {
    const id = await captured('100.00');
    const { dispute_id: dispute } = await open(id, { reason: 'UNAUTHORISED', channel: 'EXTERNAL' });
    expect(await issuesOf(refund(id))).toEqual(['REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK']);
    await advance('11d');
    expect(await get(dispute)).toMatchObject({ dispute_outcome: { outcome_code: 'RESOLVED_BUYER_FAVOUR' } });
    expect(await codesOf(id)).toEqual(['T0006 100.00', 'T1201 -100.00']);
    expect((await captureOf(id)).status).toBe('REFUNDED');
  });

  it('ends when everything is given back', async () => {
    const id = await captured('100.00');
    const { dispute_id: dispute } = await open(id);
    await refund(id);
    expect(await get(dispute)).toMatchObject({ status: 'RESOLVED' });
    expect(await codesOf(id)).toEqual(['T0006 100.00', 'T1110 -100.00', 'T1111 100.00', 'T1107 -100.00']);
  });

  it('stands in a list that can be narrowed and walked', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.push((await open(await captured('10.00'))).dispute_id);
    const first = (await raw(sandbox, 'GET', '/v1/customer/disputes?page_size=2&dispute_state=REQUIRED_ACTION')).body;
    expect(first.items.map((one: Parsed) => one.dispute_id)).toEqual([ids[2], ids[1]]);
    const next = new URL(first.links.find((one: Parsed) => one.rel === 'next').href);
    expect((await raw(sandbox, 'GET', next.pathname + next.search)).body.items[0].dispute_id).toBe(ids[0]);
    expect((await raw(sandbox, 'GET', '/v1/customer/disputes?page_size=51')).status).toBe(400);
    expect((await raw(sandbox, 'GET', '/v1/customer/disputes/PP-D-0')).status).toBe(404);
  });
});
