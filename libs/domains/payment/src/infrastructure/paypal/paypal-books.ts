import { Injectable } from '@nestjs/common';
import type { TransactionInformation } from '@paypal/paypal-server-sdk' with { 'resolution-mode': 'import' };
import { z } from 'zod';
import type { Movement } from '../../application/provider';
import type { PaypalApi } from './paypal-connection';
import { minorOf } from './paypal-truth';

const listSchema = z.looseObject({ items: z.array(z.looseObject({ dispute_id: z.string() })) });
const disputeCodes: readonly string[] = ['T1110', 'T1111', 'T1201', 'T1202'];
const kindOf = (code: string): Movement['kind'] => (disputeCodes.includes(code) ? 'dispute' : code.startsWith('T11') ? 'refund' : code.startsWith('T00') ? 'charge' : code.startsWith('T04') ? 'payout' : 'other');
const toSecond = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

/** PayPal's own books, by its transaction search. */
@Injectable()
export class PaypalBooks {
  async movements(api: PaypalApi, from: Date, to: Date): Promise<readonly Movement[]> {
    const found: TransactionInformation[] = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const { result } = await api.reports.searchTransactions({ startDate: toSecond(from), endDate: toSecond(new Date(to.getTime() - 1_000)), fields: 'transaction_info', pageSize: 500, page });
      pages = result.totalPages ?? 1;
      for (const { transactionInfo } of result.transactionDetails ?? []) if (transactionInfo !== undefined && (transactionInfo.transactionStatus === 'S' || transactionInfo.transactionStatus === 'V')) found.push(transactionInfo);
    }
    const movements: Movement[] = [];
    for (const one of found) movements.push(await this.movement(api, one));
    return movements;
  }

  private async movement(api: PaypalApi, info: TransactionInformation): Promise<Movement> {
    const { transactionId: ref = '', paypalReferenceId: reference, transactionEventCode: code = '', transactionAmount: amount, feeAmount: fee } = info;
    const kind = kindOf(code);
    const net = minorOf(amount?.value, amount?.currencyCode) + minorOf(fee?.value, fee?.currencyCode);
    const of = kind === 'dispute' && reference !== undefined ? await this.disputeOf(api, reference) : ref;
    return { ref, of, kind, net, currency: amount?.currencyCode ?? '', hints: reference === undefined ? [] : [reference] };
  }

  private async disputeOf(api: PaypalApi, capture: string): Promise<string | null> {
    const { body } = await api.rest('GET', `/v1/customer/disputes?disputed_transaction_id=${encodeURIComponent(capture)}`);
    const list = listSchema.safeParse(body);
    return list.success ? (list.data.items[0]?.dispute_id ?? null) : null;
  }
}
