import { AuthRefusal } from '../../auth';
import { upstreamProblem } from '../client/http-client';
import { ProblemError } from './problem-error';

/** Turns an error that another part of the platform throws into a problem; null when it is not its business. */
export type ErrorMapper = (error: unknown) => ProblemError | null;

const mappers: ErrorMapper[] = [];

/** For libraries whose errors mean something on the wire (a stale version, a database that is away). */
export function registerErrorMapper(mapper: ErrorMapper): () => void {
  mappers.push(mapper);
  return () => {
    const at = mappers.indexOf(mapper);
    if (at !== -1) mappers.splice(at, 1);
  };
}

const member = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

/** Every error ends as a problem; what nobody knows is `internal_error`, and says nothing more. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof AuthRefusal) return new ProblemError(error.code, error.detail, { headers: error.headers });
  for (const mapper of mappers) {
    const mapped = mapper(error);
    if (mapped !== null) return mapped;
  }
  return (
    upstreamProblem(error) ??
    fromFramework(error) ??
    fromStores(error) ??
    fromPostgres(error) ??
    new ProblemError('internal_error', undefined, { cause: error })
  );
}

/** Fastify's own refusals, by their codes. */
function fromFramework(error: unknown): ProblemError | null {
  const code = member(error, 'code');
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
    case 'FST_FILES_LIMIT':
    case 'FST_PARTS_LIMIT':
    case 'FST_FIELDS_LIMIT':
      return new ProblemError('payload_too_large', undefined, { cause: error });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return new ProblemError('unsupported_media_type');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new ProblemError('malformed_json');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new ProblemError('malformed_request', 'Content-Length does not fit the body.');
    case 'FST_ERR_BAD_URL':
      return new ProblemError('malformed_request', 'The address is not validly percent-encoded.');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new ProblemError('uri_too_long');
    default:
      break;
  }
  const status = member(error, 'statusCode');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new ProblemError('malformed_request', undefined, { cause: error });
  return null;
}

/** What database, jobs and storage throw, known by its codes: those folders must be able to stand without this one. */
function fromStores(error: unknown): ProblemError | null {
  if (!(error instanceof Error)) return null;
  switch (member(error, 'code')) {
    case 'stale_version':
      return new ProblemError('precondition_failed', undefined, { cause: error });
    case 'row_missing':
      return new ProblemError('not_found', undefined, { cause: error });
    case 'claim_lost':
      return new ProblemError('idempotency_in_flight', undefined, { headers: { 'retry-after': '1' }, cause: error });
    case 'database_unavailable':
    case 'query_timeout':
    case 'job_store_away':
    case 'object_store_away':
      return new ProblemError('unavailable', undefined, { headers: { 'retry-after': '2' }, cause: error });
    default:
      return null;
  }
}

const awayErrno = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENOENT',
]);
// 08 connection, 53 out of resources, 57P0x shutting down, 57014 statement timeout, 40001/40P01 gave up retrying,
// 25006 a replica or a primary that has just been demoted.
const awaySqlState = /^(?:08...|53...|57P0.|57014|40001|40P01|25006|55P03)$/;
const awayMessage =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** A database that is away or overloaded is no fault of the request: try again. */
function fromPostgres(error: unknown): ProblemError | null {
  if (!(error instanceof Error)) return null;
  const inner = member(error, 'driverError');
  const code = member(inner ?? error, 'code') ?? member(error, 'code');
  const syscall = typeof member(inner ?? error, 'syscall') === 'string';
  const away =
    (typeof code === 'string' && (awaySqlState.test(code) || (syscall && awayErrno.has(code)))) ||
    awayMessage.test(error.message);
  if (!away) return null;
  return new ProblemError('unavailable', undefined, { headers: { 'retry-after': '2' }, cause: error });
}
