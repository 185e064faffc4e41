/** The outcome of something that may be refused for an expected reason. Faults (bugs, a dead database) are thrown instead. */
export type Result<T, E> = Ok<T> | Err<E>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

export function ok(): Ok<void>;
export function ok<T>(value: T): Ok<T>;
export function ok<T>(value?: T): Ok<T | undefined> {
  return { ok: true, value };
}

export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}

/** Thrown by `Result.unwrap` when a result that had to succeed did not. The refusal is kept as `cause`. */
export class UnwrapError extends Error {
  override readonly name = 'UnwrapError';

  constructor(error: unknown) {
    super(`A result that had to succeed was refused: ${describe(error)}`, { cause: error });
  }
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'string') return error;
  try {
    return JSON.stringify(error) ?? String(error);
  } catch {
    return String(error);
  }
}

type ValueOf<R> = R extends Ok<infer T> ? T : never;
type ErrorOf<R> = R extends Err<infer E> ? E : never;

function all<const R extends readonly Result<unknown, unknown>[]>(
  results: R,
): Result<{ -readonly [K in keyof R]: ValueOf<R[K]> }, ErrorOf<R[number]>>;
function all(results: readonly Result<unknown, unknown>[]): Result<unknown[], unknown> {
  const values: unknown[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return ok(values);
}

export const Result = {
  map<T, U, E>(result: Result<T, E>, change: (value: T) => U): Result<U, E> {
    return result.ok ? ok(change(result.value)) : result;
  },

  mapError<T, E, F>(result: Result<T, E>, change: (error: E) => F): Result<T, F> {
    return result.ok ? result : err(change(result.error));
  },

  /** Goes on with the value, or stops at the first refusal. */
  andThen<T, U, E, F>(result: Result<T, E>, next: (value: T) => Result<U, F>): Result<U, E | F> {
    return result.ok ? next(result.value) : result;
  },

  /** The values of all, or the first refusal. Keeps tuple types. */
  all,

  /** Every value and every refusal: for batches in which one bad row must not stop the rest. */
  partition<T, E>(results: readonly Result<T, E>[]): { values: T[]; errors: E[] } {
    const values: T[] = [];
    const errors: E[] = [];
    for (const result of results) {
      if (result.ok) values.push(result.value);
      else errors.push(result.error);
    }
    return { values, errors };
  },

  unwrapOr<T, E>(result: Result<T, E>, fallback: T): T {
    return result.ok ? result.value : fallback;
  },

  /** The value; throws when there is none. Only where a refusal would be a bug. */
  unwrap<T, E>(result: Result<T, E>): T {
    if (result.ok) return result.value;
    throw new UnwrapError(result.error);
  },
};
