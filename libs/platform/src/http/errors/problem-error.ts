import { problems, type ProblemCode } from '@autobroker/contracts';
import type { Refusal, Result } from '@autobroker/kernel';

/** One value that was not right, and where it stands: RFC 6901 in the body, `/query/x` or `/path/id` elsewhere. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export interface ProblemOptions {
  readonly errors?: readonly FieldError[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Further members of the problem object: never anything that is not the caller's business. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
  /** Whoever refused has written down more of it than the route could. */
  readonly isAudited?: boolean | undefined;
  readonly cause?: unknown;
}

/** A refusal on the wire. Its status and title come from the closed table, its detail is for people. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly isAudited: boolean;

  constructor(
    readonly code: ProblemCode,
    detail?: string,
    options: ProblemOptions = {},
  ) {
    const { status, title } = problems[code];
    super(`${code}: ${detail ?? title}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.title = title;
    this.detail = detail ?? `${title}.`;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.extra = options.extra ?? {};
    this.isAudited = options.isAudited ?? false;
  }
}

/** The value of a use case, or its refusal as a problem. */
export function orThrow<T>(result: Result<T, Refusal<ProblemCode>>, { isAudited = false }: Pick<ProblemOptions, 'isAudited'> = {}): T {
  if (result.ok) return result.value;
  const { code, detail, errors, extra } = result.error;
  throw new ProblemError(code, detail, { errors, extra, isAudited });
}

export const invalid = (pointer: string, code: string, detail: string): ProblemError =>
  new ProblemError('validation_failed', detail, { errors: [{ pointer, code, detail }] });
