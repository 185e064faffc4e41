import type { EventEnvelope } from '@autobroker/contracts';
import { isConflict, isUnavailable, sqlStateOf, type Database, type Tx } from '../database';
import { redactText, trace } from '../telemetry';
import type { ConsumerDef } from './consumer-def';
import { messagingMetrics } from './metrics';

/** A consumer with the code and the database that it runs with. */
export interface RegisteredConsumer {
  readonly def: ConsumerDef;
  readonly db: Database;
  handle(event: EventEnvelope, tx: Tx): Promise<void>;
  handleBatch?: ((events: readonly EventEnvelope[], tx: Tx) => Promise<void>) | undefined;
}

/** This event makes the whole transaction unusable: it is rolled back, and the event is put off in the next one. */
export class TransactionPoisoned extends Error {
  constructor(
    readonly eventId: string,
    override readonly cause: unknown,
  ) {
    super(`event ${eventId} broke its transaction: ${String(cause)}`);
    this.name = 'TransactionPoisoned';
  }
}

export class HandlerTimeout extends Error {
  constructor(consumer: string, ms: number) {
    super(`${consumer} did not finish within ${ms} ms`);
    this.name = 'HandlerTimeout';
  }
}

export type RunResult = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

/**
 * Handles one event behind a savepoint. An ordinary failure is undone and reported. What can't be undone within the
 * transaction is thrown: conflicts and lost connections as they are, everything else as the event's fault.
 */
export async function runEvent(consumer: RegisteredConsumer, event: EventEnvelope, tx: Tx): Promise<RunResult> {
  let failure: { readonly error: unknown } | undefined;
  try {
    await tx.savepoint(async () => {
      try {
        await handle(consumer, event, tx);
        await tx.writeNow();
      } catch (error) {
        failure = { error };
        throw error;
      }
    });
    return { ok: true };
  } catch (error) {
    if (isConflict(error) || isUnavailable(error)) throw error;
    // Not the handler's own error: the savepoint could not be made, kept or undone.
    if (failure === undefined || failure.error !== error) throw new TransactionPoisoned(event.id, failure?.error ?? error);
    // What a timed-out handler still does would end up among the next events' work.
    if (error instanceof HandlerTimeout) throw new TransactionPoisoned(event.id, error);
    return { ok: false, error };
  }
}

/**
 * The same without the two more statements of a savepoint: any failure costs the whole transaction. What is left to be
 * written goes with the transaction's end; where more events follow it is written before them, so as not to fail as theirs.
 */
export async function runUnguarded(consumer: RegisteredConsumer, event: EventEnvelope, tx: Tx, isLast: boolean): Promise<RunResult> {
  try {
    await handle(consumer, event, tx);
    if (!isLast) await tx.writeNow();
    return { ok: true };
  } catch (error) {
    // An aborted transaction shows at the next statement, which may be another event's.
    if (isConflict(error) || isUnavailable(error) || isAborted(error)) throw error;
    throw new TransactionPoisoned(event.id, error);
  }
}

/** A batch failed, and nobody knows which of its events did it. */
export class BatchBroken extends Error {
  constructor(consumer: string, override readonly cause: unknown) {
    super(`a batch of ${consumer} broke its transaction: ${String(cause)}`);
    this.name = 'BatchBroken';
  }
}

/**
 * Handles events together, without a savepoint: whatever goes wrong costs the whole transaction, and the next one takes them
 * one by one.
 */
export async function runBatch(consumer: RegisteredConsumer, events: readonly EventEnvelope[], tx: Tx): Promise<void> {
  const { def, handleBatch } = consumer;
  if (handleBatch === undefined) throw new Error(`${def.name} takes no batches`);
  const began = performance.now();
  try {
    await trace.run({ name: `${def.name} batch`, kind: 'consumer', parent: null, attributes: { 'messaging.batch.message_count': events.length } }, () =>
      withTimeout(handleBatch(events, tx), def),
    );
  } catch (error) {
    if (isConflict(error) || isUnavailable(error)) throw error;
    throw new BatchBroken(def.name, error);
  }
  messagingMetrics.handling.observe((performance.now() - began) / 1_000, { consumer: def.name });
}

/** Somebody has swallowed the error of a statement, and the transaction takes no more. */
export const isAborted = (error: unknown): boolean => sqlStateOf(error) === '25P02';

async function handle(consumer: RegisteredConsumer, event: EventEnvelope, tx: Tx): Promise<void> {
  const { def } = consumer;
  const began = performance.now();
  await trace.run(
    { name: `${def.name} ${event.type}`, kind: 'consumer', parent: event.trace, attributes: { 'messaging.message.id': event.id } },
    () => withTimeout(consumer.handle(event, tx), def),
  );
  messagingMetrics.handling.observe((performance.now() - began) / 1_000, { consumer: def.name });
}

async function withTimeout(work: Promise<void>, def: ConsumerDef): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HandlerTimeout(def.name, def.timeoutMs)), def.timeoutMs);
  });
  // Past its time, the handler's own failure interests nobody and must not end the process.
  work.catch(() => undefined);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a person needs to see of an error in a dead letter: no personal data, and not without end. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return redactText(text).replaceAll('\u0000', '\uFFFD').slice(0, 4_000);
}
