import { Controller } from '@nestjs/common';
import { etagOf, Handle, Input, type InputOf, orThrow, ProblemError, reply } from '@autobroker/platform/http';
import { CancelPayment } from '../application/cancel-payment';
import { maySee, scopeOfCaller } from '../application/caller';
import { PaymentReader } from '../application/ports';
import { StartPayment } from '../application/start-payment';
import { presentPayment } from './present';
import { callerOf } from './requests';
import { cancelPayment, getPayment, listPayments, startPayment } from './routes/payment.routes';

const fresh = { 'cache-control': 'no-store' };

@Controller()
export class PaymentsController {
  constructor(
    private readonly starting: StartPayment,
    private readonly cancelling: CancelPayment,
    private readonly reader: PaymentReader,
  ) {}

  @Handle(startPayment)
  async start(@Input() input: InputOf<typeof startPayment>) {
    const { params, body } = input;
    const payment = orThrow(await this.starting.run({ orderId: params.id, leg: body.leg, method: body.method, savedCardId: body.saved_card_id ?? null, amount: body.amount ?? null }, callerOf(input)));
    return reply(presentPayment(payment), { status: 202, location: `/api/v1/payments/${payment.id}`, headers: fresh });
  }

  @Handle(listPayments)
  async list(@Input() input: InputOf<typeof listPayments>) {
    const caller = callerOf(input);
    const order = await this.reader.order(scopeOfCaller(caller), input.params.id);
    if (order === null || !maySee(caller, order)) throw new ProblemError('not_found', 'There is no such order.');
    return reply((await this.reader.ofOrder(scopeOfCaller(caller), order.orderId)).map(presentPayment), { headers: fresh });
  }

  @Handle(getPayment)
  async get(@Input() input: InputOf<typeof getPayment>) {
    const caller = callerOf(input);
    const payment = await this.reader.payment(scopeOfCaller(caller), input.params.id);
    if (payment === null || !maySee(caller, payment)) throw new ProblemError('not_found', 'There is no such payment.');
    return reply(presentPayment(payment), { etag: etagOf(payment.version), headers: fresh });
  }

  @Handle(cancelPayment)
  async cancel(@Input() input: InputOf<typeof cancelPayment>) {
    return reply(presentPayment(orThrow(await this.cancelling.run(input.params.id, callerOf(input)))), { status: 202, headers: fresh });
  }
}
