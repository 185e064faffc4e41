import { Controller } from '@nestjs/common';
import { etagOf, Handle, Input, type InputOf, invalid, orThrow, pageWindow, ProblemError, reply } from '@autobroker/platform/http';
import { type Caller, scopeOfCaller } from '../application/caller';
import { PaymentReader, type RefundView } from '../application/ports';
import { RefundLimits } from '../application/refund-limits';
import { Refunds } from '../application/refunds';
import { presentRefund } from './present';
import { backOfficeScope, callerOf, listReply } from './requests';
import { approveRefund, askRefund, getRefund, getRefundLimit, listRefunds, putRefundLimit, refuseRefund, retryRefund } from './routes/back-office.routes';

@Controller()
export class RefundsController {
  constructor(
    private readonly refunds: Refunds,
    private readonly limits: RefundLimits,
    private readonly reader: PaymentReader,
  ) {}

  @Handle(askRefund)
  async ask(@Input() input: InputOf<typeof askRefund>) {
    const { order_id: orderId, amount, reason } = input.body;
    const refund = orThrow(await this.refunds.ask({ orderId, amount: amount.amount, currency: amount.currency, reason }, callerOf(input)));
    return reply(presentRefund(refund), { status: 201, etag: etagOf(refund.version), location: `/api/v1/refunds/${refund.id}` });
  }

  @Handle(listRefunds)
  async list(@Input() input: InputOf<typeof listRefunds>) {
    const { query } = input;
    return listReply(query, await this.reader.refunds(backOfficeScope(input), { state: query.state ?? null, orderId: query.order_id ?? null }, pageWindow(query)), presentRefund);
  }

  @Handle(getRefund)
  async get(@Input() input: InputOf<typeof getRefund>) {
    const refund = await this.reader.refund(backOfficeScope(input), input.params.id);
    if (refund === null) throw new ProblemError('not_found', 'There is no such refund.');
    return answer(refund);
  }

  @Handle(approveRefund)
  async approve(@Input() input: InputOf<typeof approveRefund>) {
    return this.asWritten(callerOf(input), (caller) => this.refunds.approve({ id: input.params.id, note: input.body?.note ?? null }, caller));
  }

  @Handle(refuseRefund)
  async refuse(@Input() input: InputOf<typeof refuseRefund>) {
    return this.asWritten(callerOf(input), (caller) => this.refunds.refuse({ id: input.params.id, note: input.body.note }, caller));
  }

  @Handle(retryRefund)
  async retry(@Input() input: InputOf<typeof retryRefund>) {
    return this.asWritten(callerOf(input), (caller) => this.refunds.retry(input.params.id, caller));
  }

  @Handle(getRefundLimit)
  async limit(@Input() input: InputOf<typeof getRefundLimit>) {
    return limitAnswer(input.params.currency, await this.limits.of(callerOf(input).tenantId, input.params.currency));
  }

  @Handle(putRefundLimit)
  async setLimit(@Input() input: InputOf<typeof putRefundLimit>) {
    const { currency } = input.params;
    const { amount, limit, currency: said = currency } = input.body;
    if (said !== currency) throw invalid('/currency', 'other_currency', 'It is the limit of the currency that the address names.');
    if (limit !== undefined && limit.currency !== currency) throw invalid('/limit/currency', 'other_currency', 'It is the limit of the currency that the address names.');
    return limitAnswer(currency, orThrow(await this.limits.set({ currency, amount: amount ?? limit?.amount ?? 0, version: input.ifMatch }, callerOf(input))));
  }

  /** The version is known once it is written. */
  private async asWritten(caller: Caller, act: (caller: Caller) => ReturnType<Refunds['approve']>) {
    const refund = orThrow(await act(caller));
    return answer((await this.reader.refund(scopeOfCaller(caller), refund.id)) ?? refund);
  }
}

const answer = (refund: RefundView) => reply(presentRefund(refund), { etag: etagOf(refund.version), headers: { 'cache-control': 'no-store' } });
const limitAnswer = (currency: string, { amount, version }: { readonly amount: number; readonly version: number }) => reply({ currency, limit: { amount, currency }, version }, { etag: etagOf(version) });
