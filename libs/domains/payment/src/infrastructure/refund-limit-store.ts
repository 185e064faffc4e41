import { Injectable } from '@nestjs/common';
import type { TenantScope, Tx } from '@autobroker/platform/database';
import { RefundLimitStore } from '../application/ports';

@Injectable()
export class SqlRefundLimitStore extends RefundLimitStore {
  override async put(tx: Tx, scope: TenantScope, limit: { readonly currency: string; readonly amount: number; readonly expected: number }, at: Date): Promise<number | null> {
    const [row] = await tx.query<{ version: number }>(
      `insert into payment.refund_limits (tenant_id, currency, amount, version, updated_at) values ($1, $2, $3, 1, $5)
       on conflict (tenant_id, currency) do update set amount = excluded.amount, version = payment.refund_limits.version + 1, updated_at = excluded.updated_at
       where payment.refund_limits.version = $4 returning version`,
      [scope.tenantId, limit.currency, limit.amount, limit.expected, at],
    );
    return row?.version ?? null;
  }
}
