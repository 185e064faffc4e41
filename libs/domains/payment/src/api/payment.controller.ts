import { Controller } from '@nestjs/common';
import { etagOf, Handle, Input, orThrow, ProblemError, reply, type InputOf } from '@autobroker/platform/http';
import { OpenPayment, type Requester } from '../application/open-payment';
import { ReadPayment } from '../application/read-payment';
import { createPayment, getPayment, presentPayment } from './payment.routes';

@Controller()
export class PaymentController {
  constructor(
    private readonly opening: OpenPayment,
    private readonly reading: ReadPayment,
  ) {}

  @Handle(createPayment)
  async create(@Input() input: InputOf<typeof createPayment>) {
    const payment = orThrow(await this.opening.run(input.body, requesterOf(input)));
    return reply(presentPayment(payment), { status: 201, etag: etagOf(payment.version), location: `/api/v1/payments/${payment.id}` });
  }

  @Handle(getPayment)
  async get(@Input() input: InputOf<typeof getPayment>) {
    const payment = orThrow(await this.reading.run(input.params.id, tenantOf(input)));
    return reply(presentPayment(payment), { etag: etagOf(payment.version) });
  }
}

/** An operator of no tenant has none to open anything in. */
function tenantOf({ tenantId }: { readonly tenantId: string }): string {
  if (tenantId === '') throw new ProblemError('permission_denied', 'This belongs to a tenant');
  return tenantId;
}

function requesterOf(input: InputOf<typeof createPayment>): Requester {
  const { principal, request } = input;
  return {
    tenantId: tenantOf(input),
    actor: { kind: principal.kind, id: principal.id },
    from: { ip: request.ip, request_id: request.id },
  };
}
