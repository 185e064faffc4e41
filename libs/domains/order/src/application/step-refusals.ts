import { Inject, Injectable } from '@nestjs/common';
import type { Refusal } from '@autobroker/kernel';
import { RefusalCap } from '@autobroker/platform/auth';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { logger, metrics } from '@autobroker/platform/telemetry';
import { byOf, type Caller } from './caller';

const log = logger('orders.refusals');
const counted = metrics.counter({ name: 'order_steps_refused_total', help: 'Steps of orders that were refused, by reason', labels: ['code'] });

/** A refused step leaves a trace, too: what was tried, and why not. Rate-capped, so that refusals can't fill the disk. */
@Injectable()
export class StepRefusals {
  private readonly cap = new RefusalCap(undefined, () => this.db.clock.now().getTime());

  constructor(@Inject(databaseOf('orders')) private readonly db: Database) {}

  /** Whether it is kept here: of an order that is not there for the caller the route keeps what it can. Never fails the request that it is about. */
  async note(what: string, objectId: string, { code, errors = [] }: Refusal, caller: Caller): Promise<boolean> {
    counted.inc({ code });
    if (code === 'not_found') return false;
    if (!this.cap.takes(caller.id)) return true;
    try {
      await this.db.transaction((tx) =>
        tx.audit({
          ...byOf(caller),
          action: 'order.refused',
          object: { type: 'order', id: objectId },
          tenantId: caller.tenantId,
          reason: code,
          after: { what, because: errors.map((error) => error.code) },
        }),
      );
    } catch (error) {
      log.error({ err: error, code }, 'a refusal could not be audited');
    }
    return true;
  }
}
