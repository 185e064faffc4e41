import { setTimeout as pause } from 'node:timers/promises';
import { logger } from '../../telemetry';
import { ProblemError } from '../errors/problem-error';
import type { Wire } from '../reply/wire';
import { AnswerSeal } from './sealed-answer';
import type { IdempotencyRef, IdempotencyStore } from './store';

const log = logger('http.idempotency');
const keyPattern = /^[\x21-\x7e]{1,255}$/;

export interface IdempotentRequest {
  readonly ref: IdempotencyRef;
  readonly requestHash: Buffer;
}

/** The key of a request; null when it has none and needs none. */
export function idempotencyKeyOf(header: string | string[] | undefined, required: boolean): string | null {
  if (header === undefined) {
    if (required) throw new ProblemError('idempotency_key_required');
    return null;
  }
  if (typeof header !== 'string' || !keyPattern.test(header)) {
    throw new ProblemError('idempotency_key_invalid', 'An Idempotency-Key is 1 to 255 visible ASCII characters.');
  }
  return header;
}

export interface IdempotencySettings {
  readonly lockMs: number;
  readonly keepMs?: number;
  readonly secret: string;
}

const day = 86_400_000;

/** Does the work of a key once and gives its answer again. */
export class Idempotency {
  readonly seal: AnswerSeal;

  constructor(private readonly settings: IdempotencySettings) {
    this.seal = new AnswerSeal(settings.secret);
  }

  async run(store: IdempotencyStore, request: IdempotentRequest, work: () => Promise<Wire>): Promise<Wire> {
    const { ref, requestHash } = request;
    const { lockMs, keepMs = day } = this.settings;
    const outcome = await store.claim({ ...ref, requestHash, lockMs, keepMs });
    if (outcome.kind === 'answered') {
      const wire = this.seal.open(outcome.status, outcome.answer);
      return { ...wire, headers: { ...wire.headers, 'idempotency-replayed': 'true' } };
    }
    if (outcome.kind === 'mismatch') throw new ProblemError('idempotency_key_reused');
    if (outcome.kind === 'in_flight') {
      throw new ProblemError('idempotency_in_flight', undefined, { headers: { 'retry-after': '1' } });
    }
    const wire = await this.workOrRelease(store, ref, outcome.owner, work);
    await this.keep(store, ref, outcome.owner, wire);
    return wire;
  }

  private async workOrRelease(
    store: IdempotencyStore,
    ref: IdempotencyRef,
    owner: string,
    work: () => Promise<Wire>,
  ): Promise<Wire> {
    try {
      return await work();
    } catch (error) {
      await this.release(store, ref, owner);
      throw error;
    }
  }

  /** The work is done whatever happens here: its answer must reach the caller even if it cannot be kept. */
  private async keep(store: IdempotencyStore, ref: IdempotencyRef, owner: string, wire: Wire): Promise<void> {
    const answer = isKept(wire.status) ? this.seal.seal(wire) : null;
    if (answer === null) return this.release(store, ref, owner);
    try {
      await store.settle(ref, owner, wire.status, answer);
    } catch (error) {
      log.error({ err: error, route: ref.route }, 'the answer of an idempotent request could not be kept');
    }
  }

  private async release(store: IdempotencyStore, ref: IdempotencyRef, owner: string): Promise<void> {
    try {
      await store.release(ref, owner);
    } catch (error) {
      log.warn({ err: error, route: ref.route }, 'a claim could not be released at once');
      void this.releaseLater(store, ref, owner);
    }
  }

  /** After a short outage the caller's next try must not be told that the first is still under way, until the claim ends by itself. */
  private async releaseLater(store: IdempotencyStore, ref: IdempotencyRef, owner: string): Promise<void> {
    const end = performance.now() + this.settings.lockMs;
    for (let wait = 200; performance.now() < end; wait = Math.min(1_000, wait * 2)) {
      await pause(wait, undefined, { ref: false });
      try {
        return await store.release(ref, owner);
      } catch (error) {
        log.debug({ err: error, route: ref.route }, 'a claim still could not be released');
      }
    }
  }
}

/** What a second try may change is not kept: our faults, a missing login, a full quota. */
const isKept = (status: number): boolean => status < 500 && status !== 401 && status !== 429 && status !== 408;
