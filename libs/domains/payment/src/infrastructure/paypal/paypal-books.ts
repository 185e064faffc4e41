import { Injectable } from '@nestjs/common';
import type { TransactionInformation } from '@paypal/paypal-server-sdk' with { 'resolution-mode': 'import' };
import { z } from 'zod';
import type { Movement, ProviderPayout } from '../../application/provider';
import type { PaypalApi } from './paypal-connection';
import { minorOf } from './paypal-truth';

const listSchema = z.looseObject({ items: z.array(z.looseObject({ dispute_id: z.string() })) });
const disputeCodes: readonly string[] = ['T1110', 'T1111', 'T1201', 'T1202'];
/** A withdrawal that our bank has sent back. */
const returned = 'T1105';
const kindOf = (code: string): Movement['kind'] => (disputeCodes.includes(code) ? 'dispute' : code.startsWith('T04') || code === returned ? 'payout' : code.startsWith('T11') ? 'refund' : code.startsWith('T00') ? 'charge' : 'other');
const toSecond = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;
/** No search goes further back. */
const longestMs = 31 * 86_400_000;

/** PayPal's own books, by its transaction search. */
@Injectable()
export class PaypalBooks {
  async movements(api: PaypalApi, from: Date, to: Date): Promise<readonly Movement[]> {
    return this.read(api, await this.search(api, from, to));
  }

  /**
   * What went to our bank. PayPal does not say what a withdrawal carries; one that empties the account carries what had come
   * since the one before, and where that adds up, it is said so.
   */
  async payouts(api: PaypalApi, from: Date, to: Date): Promise<readonly ProviderPayout[]> {
    if (!(await this.search(api, from, to)).some(isPayout)) return [];
    const since = new Date(to.getTime() - longestMs);
    const all = (await this.search(api, since, to)).toSorted((a, b) => startOf(a) - startOf(b));
    const payouts: ProviderPayout[] = [];
    const open = new Map<string, TransactionInformation[]>();
    for (const one of all) {
      const currency = one.transactionAmount?.currencyCode ?? '';
      const waiting = open.get(currency) ?? [];
      if (!isPayout(one)) {
        open.set(currency, [...waiting, one]);
        continue;
      }
      open.set(currency, []);
      if (startOf(one) < from.getTime()) continue;
      const [moved, kept] = [minorOf(one.transactionAmount?.value, currency), minorOf(one.feeAmount?.value, one.feeAmount?.currencyCode)];
      const isWhole = waiting.reduce((sum, line) => sum + netOf(line), 0) === -(moved + kept);
      payouts.push({ ref: one.transactionId ?? '', amount: -moved, fee: -kept, currency, carries: isWhole ? await this.read(api, waiting) : [] });
    }
    return payouts;
  }

  private async search(api: PaypalApi, from: Date, to: Date): Promise<TransactionInformation[]> {
    const found: TransactionInformation[] = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const { result } = await api.reports.searchTransactions({ startDate: toSecond(from), endDate: toSecond(new Date(to.getTime() - 1_000)), fields: 'transaction_info', pageSize: 500, page });
      pages = result.totalPages ?? 1;
      for (const { transactionInfo } of result.transactionDetails ?? []) if (transactionInfo !== undefined && (transactionInfo.transactionStatus === 'S' || transactionInfo.transactionStatus === 'V')) found.push(transactionInfo);
    }
    return found;
  }

  private async read(api: PaypalApi, lines: readonly TransactionInformation[]): Promise<readonly Movement[]> {
    const movements: Movement[] = [];
    for (const one of lines) movements.push(await this.movement(api, one));
    return movements;
  }

  private async movement(api: PaypalApi, info: TransactionInformation): Promise<Movement> {
    const { transactionId: ref = '', paypalReferenceId: reference, transactionEventCode: code = '', transactionAmount: amount } = info;
    const kind = kindOf(code);
    const of = kind === 'dispute' && reference !== undefined ? await this.disputeOf(api, reference) : ref;
    return { ref, of, kind, net: netOf(info), currency: amount?.currencyCode ?? '', hints: reference === undefined ? [] : [reference] };
  }

  private async disputeOf(api: PaypalApi, capture: string): Promise<string | null> {
    const { body } = await api.rest('GET', `/v1/customer/disputes?disputed_transaction_id=${encodeURIComponent(capture)}`);
    const list = listSchema.safeParse(body);
    return list.success ? (list.data.items[0]?.dispute_id ?? null) : null;
  }
}

const isPayout = ({ transactionEventCode: code = '' }: TransactionInformation): boolean => kindOf(code) === 'payout';
const startOf = ({ transactionInitiationDate: at }: TransactionInformation): number => Date.parse((at ?? '').replace(/([+-]\d{2})(\d{2})$/u, '$1:$2'));
const netOf = ({ transactionAmount: amount, feeAmount: fee }: TransactionInformation): number => minorOf(amount?.value, amount?.currencyCode) + minorOf(fee?.value, fee?.currencyCode);
