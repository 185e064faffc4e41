import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Database, databaseOf, type TenantScope } from '@autobroker/platform/database';
import { Desks, type Doer } from './desks';
import { type Break, ReconciliationStore } from './ports-reconciliation';

/** Somebody has looked, and says why it does not fit, or that it may be tried again. */
@Injectable()
export class ResolveBreak {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly store: ReconciliationStore,
    private readonly desks: Desks,
  ) {}

  async run(ask: { readonly id: string; readonly note: string }, scope: TenantScope, by: Doer): Promise<Result<Break, Refusal<'not_found' | 'transition_not_allowed'>>> {
    const found = await this.store.break(scope, ask.id);
    if (found === null) return refuse('not_found', 'There is no such break.');
    const now = this.db.clock.now();
    const isDone = await this.db.transaction(async (tx) => {
      if (!(await this.store.resolve(tx, ask.id, ask.note, by.actor.id, now))) return false;
      await tx.audit({ ...by, action: 'break.resolved', object: { type: 'break', id: ask.id }, tenantId: found.tenantId, reason: ask.note, after: { kind: found.kind } });
      if (found.kind === 'operation_refused' && found.paymentId !== null && found.orderId !== null) {
        await this.store.unblock(tx, found.paymentId);
        await this.desks.within(tx, found.orderId, () => undefined, { by });
      }
      return true;
    });
    if (!isDone) return refuse('transition_not_allowed', 'It is resolved already.');
    return ok((await this.store.break(scope, ask.id)) ?? found);
  }
}
