import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { OperationStore, type StartedOperation } from '../application/ports';
import type { ChargeableCard } from '../domain/saved-card';
import { orderOf, type OrderRow, paymentOf, type PaymentRow } from './rows';
import { type DisputeRow, disputeOf, type OperationRow, operationOf, type PartRow, partOf } from './rows-after';

interface Started {
  readonly operation: OperationRow;
  readonly payment: PaymentRow;
  readonly order: OrderRow;
  readonly part: PartRow | null;
  readonly dispute: (DisputeRow & { readonly evidence: unknown }) | null;
  readonly saved: ChargeableCard | null;
  readonly as_of: string;
}

const startSql = `
with started as (update payment.operations set attempts = attempts + 1, due_at = $2 where id = $1 and state = 'pending' returning *)
select to_jsonb(s) as operation, to_jsonb(p) as payment, to_jsonb(o) as order, to_jsonb(r) as part, to_jsonb(d) as dispute, case when c.state = 'ready' then jsonb_build_object('customer', c.customer_ref, 'method', c.method_ref) end as saved, nextval('payment.looks') as as_of
from started s join payment.payments p on p.id = s.payment_id join payment.orders o on o.id = s.order_id
left join payment.refund_parts r on r.id = s.subject_id left join payment.disputes d on d.id = s.subject_id left join payment.saved_cards c on c.id = p.saved_card_id`;

@Injectable()
export class SqlOperationStore extends OperationStore {
  constructor(@Inject(databaseOf('payment')) private readonly db: Database) {
    super();
  }

  override async start(operationId: string, until: Date): Promise<StartedOperation | null> {
    const [row] = await this.db.query<Started>(startSql, [operationId, until], { name: 'payment-operation-start' });
    if (row === undefined) return null;
    return {
      operation: operationOf(row.operation),
      payment: paymentOf(row.payment),
      order: orderOf(row.order),
      part: row.part === null ? null : partOf(row.part),
      dispute: row.dispute === null ? null : disputeOf(row.dispute),
      evidence: row.dispute?.evidence ?? null,
      saved: row.saved,
      asOf: Number(row.as_of),
    };
  }

  override due(now: Date, limit: number): Promise<readonly { readonly id: string; readonly attempts: number }[]> {
    return this.db.query<{ id: string; attempts: number }>('select id, attempts from payment.operations where due_at <= $1 order by due_at limit $2', [now, limit]);
  }
}
