import { setTimeout as pause } from 'node:timers/promises';
import { uuidv7 } from '@autobroker/kernel';
import { DatabaseUnavailableError, runUnderClaim } from '../../database';
import { logger } from '../../telemetry';
import { ProblemError } from '../errors/problem-error';
import type { Wire } from '../reply/wire';
import { AnswerSeal } from './sealed-answer';
import type { ClaimOutcome, IdempotencyClaim, IdempotencyRef, IdempotencyStore, WorkedOn } from './store';

const log = logger('http.idempotency');
const keyPattern = /^[\x21-\x7e]{1,255}$/;

export interface IdempotentRequest {
  readonly ref: IdempotencyRef;
  readonly requestHash: Buffer;
  /** Somebody without a name is not told which object a repeated request was about: it may be another person. */
  readonly anonymous: boolean;
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
    const outcome = await this.claim(store, { ...ref, requestHash, lockMs, keepMs, owner: uuidv7() });
    if (outcome.kind === 'answered') {
      const wire = this.seal.open(outcome.status, outcome.answer);
      return { ...wire, headers: { ...wire.headers, 'idempotency-replayed': 'true' } };
    }
    if (outcome.kind === 'mismatch') throw new ProblemError('idempotency_key_reused');
    if (outcome.kind === 'in_flight') {
      throw new ProblemError('idempotency_in_flight', undefined, { headers: { 'retry-after': '1' } });
    }
    if (outcome.kind === 'worked') throw unknownOutcome(request.anonymous ? null : outcome.on);
    const wire = await this.workOrGiveUp(store, ref, outcome.owner, work);
    await this.keep(store, ref, outcome.owner, wire);
    return wire;
  }

  /** A claim whose answer was lost may stand, and nobody works under it: the caller's next try must not have to wait for its end. */
  private async claim(store: IdempotencyStore, claim: IdempotencyClaim & { readonly owner: string }): Promise<ClaimOutcome> {
    try {
      return await store.claim(claim);
    } catch (error) {
      if (error instanceof DatabaseUnavailableError && error.outcomeUnknown) void this.free(claim, () => store.release(claim, claim.owner));
      throw error;
    }
  }

  private async workOrGiveUp(
    store: IdempotencyStore,
    ref: IdempotencyRef,
    owner: string,
    work: () => Promise<Wire>,
  ): Promise<Wire> {
    const claim = store.workOf(ref, owner);
    try {
      return await (claim === null ? work() : runUnderClaim(claim, work));
    } catch (error) {
      await this.free(ref, () => store.giveUp(ref, owner));
      throw error;
    }
  }

  /** The work is done whatever happens here: its answer must reach the caller even if it cannot be kept. */
  private async keep(store: IdempotencyStore, ref: IdempotencyRef, owner: string, wire: Wire): Promise<void> {
    if (isPassing(wire.status)) return this.free(ref, () => store.release(ref, owner));
    const answer = wire.status < 500 ? this.seal.seal(wire) : null;
    if (answer === null) return this.free(ref, () => store.giveUp(ref, owner));
    try {
      await store.settle(ref, owner, wire.status, answer);
    } catch (error) {
      log.error({ err: error, route: ref.route }, 'the answer of an idempotent request could not be kept');
    }
  }

  private async free(ref: IdempotencyRef, free: () => Promise<void>): Promise<void> {
    try {
      await free();
    } catch (error) {
      log.warn({ err: error, route: ref.route }, 'a claim could not be released at once');
      void this.freeLater(ref, free);
    }
  }

  /** After a short outage the caller's next try must not be told that the first is still under way, until the claim ends by itself. */
  private async freeLater(ref: IdempotencyRef, free: () => Promise<void>): Promise<void> {
    const end = performance.now() + this.settings.lockMs;
    for (let wait = 200; performance.now() < end; wait = Math.min(1_000, wait * 2)) {
      await pause(wait, undefined, { ref: false });
      try {
        return await free();
      } catch (error) {
        log.debug({ err: error, route: ref.route }, 'a claim still could not be released');
      }
    }
  }
}

/** A missing login, a request that did not arrive, a full quota: refusals that a second try with the same key may change. */
const isPassing = (status: number): boolean => status === 401 || status === 408 || status === 429;

function unknownOutcome(object: WorkedOn | null): ProblemError {
  return new ProblemError('idempotency_outcome_unknown', undefined, object === null ? {} : { extra: { object } });
}
