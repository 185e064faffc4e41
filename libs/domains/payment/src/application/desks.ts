import { Inject, Injectable } from '@nestjs/common';
import { uuidv7 } from '@autobroker/kernel';
import { type AuditEntry, type Database, databaseOf, systemScope, type TenantScope, type Tx } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { logger } from '@autobroker/platform/telemetry';
import { OrderDesk } from '../domain/desk';
import type { DeskState } from '../domain/desk-state';
import { hearOf, type OrderNews } from '../domain/order-account';
import { auditOf } from './audit-desk';
import { runOperationJob } from './jobs';
import { OrderNewsBoard } from './order-news-board';
import { DeskStore, type OperationEnd } from './ports';
import { tell } from './tell';

const log = logger('payment.desks');

export type Doer = Pick<AuditEntry, 'actor' | 'from'>;
export const ourselves: Doer = { actor: { kind: 'system', id: 'payment' } };

export interface DeskOptions {
  readonly scope?: TenantScope;
  readonly by?: Doer;
  readonly ended?: readonly OperationEnd[];
  /** What else is written with it. */
  readonly also?: (tx: Tx) => Promise<void>;
}

/**
 * One order's money in one transaction: locked, worked on, settled, and written down with its ledger, its audit rows and
 * what others are told. What has to be asked of providers is asked after the commit.
 */
@Injectable()
export class Desks {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly store: DeskStore,
    private readonly jobs: Jobs,
    private readonly board: OrderNewsBoard,
  ) {}

  /** Null where there is no such order in this scope. */
  on<T>(orderId: string, work: (desk: OrderDesk, tx: Tx) => T | Promise<T>, options: DeskOptions = {}): Promise<{ readonly value: T } | null> {
    return this.db.transaction((tx) => this.within(tx, orderId, work, options));
  }

  async within<T>(tx: Tx, orderId: string, work: (desk: OrderDesk, tx: Tx) => T | Promise<T>, options: DeskOptions = {}): Promise<{ readonly value: T } | null> {
    const state = await this.store.lock(tx, options.scope ?? systemScope('the money of an order'), orderId);
    return state === null ? null : { value: await this.work(tx, state, work, options) };
  }

  /** What is heard of an order; the first time it begins to have money here. */
  async hear(tx: Tx, news: OrderNews): Promise<void> {
    const scope = systemScope('what orders tell');
    // What begins an order is hardly ever heard when the order is known; everything else hardly ever when it is not.
    const first = news.state === 'requested' ? hearOf(null, news) : null;
    let state = first === null ? await this.store.lock(tx, scope, news.orderId) : await this.store.begin(tx, scope, first);
    if (state === null) {
      const order = hearOf(null, news);
      if (order === null) throw new Error(`of order ${news.orderId} its beginning has not been heard yet`);
      state = await this.store.begin(tx, scope, order);
    }
    if (state === null) throw new Error(`order ${news.orderId} can't be written`);
    await this.work(tx, state, (desk) => desk.hear(news), {});
    tx.afterCommit(() => this.board.told(news.orderId));
  }

  private async work<T>(tx: Tx, state: DeskState, work: (desk: OrderDesk, tx: Tx) => T | Promise<T>, { by = ourselves, ended = [], also }: DeskOptions): Promise<T> {
    const now = this.db.clock.now();
    const desk = new OrderDesk(state, { now, newId: () => uuidv7(now) });
    const value = await work(desk, tx);
    desk.settle(new Set(ended.filter(({ isBlocking }) => !isBlocking).map(({ id }) => id)), new Set(ended.map(({ id }) => id)));
    await this.store.write(tx, state, desk, ended);
    await also?.(tx);
    await tell(tx, desk);
    await tx.auditAll(auditOf(state, desk, by));
    const ids = desk.opened.map(({ id }) => id);
    if (ids.length > 0) tx.afterCommit(() => this.enqueue(ids));
    return value;
  }

  /** What gets lost is found by the sweep. */
  private enqueue(ids: readonly string[]): void {
    for (const id of ids) void this.jobs.soon(runOperationJob, { operation_id: id }, { jobId: id }).catch((error: unknown) => log.warn({ err: error, operation: id }, 'an operation waits for the sweep'));
  }
}
