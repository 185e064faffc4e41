/** The database can't be reached, is restarting, or is protected by the circuit: worth trying again soon (503). */
export class DatabaseUnavailableError extends Error {
  readonly code = 'database_unavailable';
  readonly retryAfterS = 1;
  /** The connection broke while the commit, or a statement that is its own transaction, was under way: it may have happened. */
  readonly outcomeUnknown: boolean;

  constructor(message: string, options: { cause?: unknown; outcomeUnknown?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.name = 'DatabaseUnavailableError';
    this.outcomeUnknown = options.outcomeUnknown ?? false;
  }
}

/** It may have happened. */
export const lostDuring = (what: string, cause: unknown): DatabaseUnavailableError =>
  new DatabaseUnavailableError(`the connection broke during ${what}`, { cause, outcomeUnknown: true });

/** A statement ran longer than its limit and was cancelled. */
export class QueryTimeoutError extends Error {
  readonly code = 'query_timeout';

  constructor(options: { cause?: unknown } = {}) {
    super('a database statement took too long', options);
    this.name = 'QueryTimeoutError';
  }
}

/**
 * The work took longer than its claim held, and a repetition of the request has taken it over: nothing of this transaction
 * was kept, so that the work is done once.
 */
export class ClaimLostError extends Error {
  readonly code = 'claim_lost';

  constructor(options: { cause?: unknown } = {}) {
    super('another request has taken over the work', options);
    this.name = 'ClaimLostError';
  }
}

/** What `idempotency_worked` raises. */
export const claimLostState = 'AB001';

/** Somebody else changed the row since it was read (412). */
export class StaleVersionError extends Error {
  readonly code = 'stale_version';

  constructor(
    readonly entity: string,
    readonly id: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`${entity} ${id} is at version ${actual}, not ${expected}`);
    this.name = 'StaleVersionError';
  }
}

/** The row is not there, or not there for this tenant (404). */
export class RowMissingError extends Error {
  readonly code = 'row_missing';

  constructor(
    readonly entity: string,
    readonly id: string,
  ) {
    super(`${entity} ${id} does not exist`);
    this.name = 'RowMissingError';
  }
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);

const noAnswer = /Query read timeout/i;
/** Sentences of the driver, which gives these no code. */
const driverSays =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout|Connection ended/i;

/** The SQLSTATE of a PostgreSQL error, also inside TypeORM's wrapper. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = codeOf(error);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !networkCodes.has(code) ? code : undefined;
}

/** The constraint that a write broke, for turning it into a refusal. */
export function constraintOf(error: unknown): string | undefined {
  const inner = innermost(error);
  return typeof inner === 'object' && inner !== null && 'constraint' in inner && typeof inner.constraint === 'string'
    ? inner.constraint
    : undefined;
}

export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  sqlStateOf(error) === '23505' && (constraint === undefined || constraintOf(error) === constraint);

/** Lost against another transaction through no fault of its own: running it again is right. */
export const isConflict = (error: unknown): boolean => ['40001', '40P01'].includes(sqlStateOf(error) ?? '');

/** A prepared statement was made before a migration changed what it reads. */
export const isStalePlan = (error: unknown): boolean => {
  const inner = innermost(error);
  return sqlStateOf(error) === '0A000' && messageOf(inner).includes('cached plan');
};

/** The connection is gone, or the server refuses all of them for now. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError) return true;
  const state = sqlStateOf(error);
  // 08 connection, 57P shutdown and start-up, 53300 too many connections, 25006 a primary that became a replica
  if (state !== undefined) return /^(08|57P0[1235]|53300|25006)/.test(state);
  const code = codeOf(error);
  if (code !== undefined && networkCodes.has(code)) return true;
  // By their shape, not their class: errors of Node's own modules are another realm's inside a test runner.
  const inner = innermost(error);
  if (typeof inner !== 'object' || inner === null) return false;
  if ('errors' in inner && Array.isArray(inner.errors)) return inner.errors.some((one) => isUnavailable(one));
  return driverSays.test(messageOf(inner));
}

/** Whoever should have answered was silent for too long: the connection may be dead, or the server still at it. */
export const gaveNoAnswer = (error: unknown): boolean => noAnswer.test(messageOf(innermost(error)));

/** What a caller of the database sees: connection trouble and timeouts by their own names, everything else as it came. */
export function mapped(error: unknown): unknown {
  if (error instanceof DatabaseUnavailableError || error instanceof QueryTimeoutError) return error;
  if (isUnavailable(error)) return new DatabaseUnavailableError('the database is not available', { cause: error });
  const state = sqlStateOf(error);
  if (state === '57014') return new QueryTimeoutError({ cause: error });
  if (state === claimLostState) return new ClaimLostError({ cause: error });
  return error;
}

const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
    ? error.message
    : '';

function innermost(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'driverError' in error && typeof error.driverError === 'object'
    ? error.driverError
    : error;
}

function codeOf(error: unknown): string | undefined {
  const inner = innermost(error);
  return typeof inner === 'object' && inner !== null && 'code' in inner && typeof inner.code === 'string'
    ? inner.code
    : undefined;
}
