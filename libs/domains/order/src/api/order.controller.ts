import { Controller } from '@nestjs/common';
import { etagOf, Handle, Input, orThrow, ProblemError, reply, type InputOf } from '@autobroker/platform/http';
import { OpenOrder, type Requester } from '../application/open-order';
import { ReadOrder } from '../application/read-order';
import { createOrder, getOrder, presentOrder } from './order.routes';

@Controller()
export class OrderController {
  constructor(
    private readonly opening: OpenOrder,
    private readonly reading: ReadOrder,
  ) {}

  @Handle(createOrder)
  async create(@Input() input: InputOf<typeof createOrder>) {
    const order = orThrow(await this.opening.run(input.body, requesterOf(input)));
    return reply(presentOrder(order), { status: 201, etag: etagOf(order.version), location: `/api/v1/orders/${order.id}` });
  }

  @Handle(getOrder)
  async get(@Input() input: InputOf<typeof getOrder>) {
    const order = orThrow(await this.reading.run(input.params.id, tenantOf(input)));
    return reply(presentOrder(order), { etag: etagOf(order.version) });
  }
}

/** An operator of no tenant has none to open anything in. */
function tenantOf({ tenantId }: { readonly tenantId: string }): string {
  if (tenantId === '') throw new ProblemError('permission_denied', 'This belongs to a tenant');
  return tenantId;
}

function requesterOf(input: InputOf<typeof createOrder>): Requester {
  const { principal, request } = input;
  return {
    tenantId: tenantOf(input),
    actor: { kind: principal.kind, id: principal.id },
    from: { ip: request.ip, request_id: request.id },
  };
}
