import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, pageWindow, ProblemError, reply } from '@autobroker/platform/http';
import { PaymentReader } from '../application/ports';
import { positionOf } from '../domain/invariant';
import { isLedgerAccount } from '../domain/ledger';
import { owedOf } from '../domain/order-account';
import { presentJournal } from './present';
import { backOfficeScope, listReply } from './requests';
import { getOrderBalances, listJournals } from './routes/back-office.routes';

@Controller()
export class LedgerController {
  constructor(private readonly reader: PaymentReader) {}

  @Handle(listJournals)
  async journals(@Input() input: InputOf<typeof listJournals>) {
    const { query } = input;
    return listReply(query, await this.reader.journals(backOfficeScope(input), { orderId: query.order_id ?? null, account: query.account ?? null }, pageWindow(query)), presentJournal);
  }

  @Handle(getOrderBalances)
  async balances(@Input() input: InputOf<typeof getOrderBalances>) {
    const scope = backOfficeScope(input);
    const { id } = input.params;
    const [order, payments, balances] = await Promise.all([this.reader.order(scope, id), this.reader.ofOrder(scope, id), this.reader.balances(scope, id)]);
    if (order === null) throw new ProblemError('not_found', 'There is no such order.');
    const money = (amount: number) => ({ amount, currency: order.currency });
    const { refundDue, ...position } = positionOf(order, payments);
    return reply(
      {
        order_id: id,
        balances: balances.flatMap(({ account, currency, amount }) => (isLedgerAccount(account) ? [{ account, balance: { amount, currency } }] : [])),
        position: { deposits: money(position.deposits), payments: money(position.payments), refunds: money(position.refunds), chargebacks: money(position.chargebacks), settled: money(position.settled), refund_due: money(refundDue) },
        owed: { deposit: money(owedOf(order, payments, 'deposit')), balance: money(owedOf(order, payments, 'balance')) },
      },
      { headers: { 'cache-control': 'no-store' } },
    );
  }
}
