import { type Database, type StatementName, StatementNames } from '../database';
import { assertSchemaName } from '../outbox';
import type { RegisteredConsumer } from './event-run';
import { Loop } from './loop';

interface Expecting {
  expect(inMs: number): void;
}

/**
 * Asks for all consumers of a process at once when something that was put off is due, and tells those whose it is. What a
 * process puts off itself it need not be told; this finds what another process has left behind, and what is due sooner than
 * it was: the server's clock may be set.
 */
export class DeferredWatch {
  private readonly loop: Loop;
  private readonly db: Database | undefined;
  private readonly sql: string;
  private readonly named: StatementName;

  constructor(
    consumers: readonly RegisteredConsumer[],
    private readonly runners: ReadonlyMap<string, Expecting>,
    pollMs: number,
  ) {
    this.db = consumers[0]?.db;
    this.sql = [...new Set(consumers.map(({ def }) => def.service))].map(dueIn).join(' union all ');
    this.named = new StatementNames('deferred-due').for(this.sql);
    this.loop = new Loop('deferred events', () => this.round(), pollMs);
  }

  start(): void {
    if (this.db !== undefined) this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<'idle'> {
    const due = (await this.db?.queryAsAnyone<{ consumer: string; ms: number }>(this.sql, [], this.named)) ?? [];
    for (const { consumer, ms } of due) this.runners.get(consumer)?.expect(Math.max(0, ms));
    return 'idle';
  }
}

/** The first of its keys' heads: what waits behind one of them is not due before it. */
const dueIn = (service: string): string =>
  `select consumer, extract(epoch from min(next_attempt_at) - clock_timestamp())::float8 * 1000 as ms
     from (select distinct on (consumer, source, key) consumer, next_attempt_at
             from ${assertSchemaName(service)}.deferred order by consumer, source, key, seq) heads
    group by consumer`;
