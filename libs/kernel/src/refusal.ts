import { type Err, err } from './result';

/** One thing that is wrong with one field; `pointer` is an RFC 6901 JSON pointer into the input. */
export interface FieldRefusal {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** Why something was not done: an expected answer with a stable code, not an exception. */
export interface Refusal<C extends string = string> {
  readonly code: C;
  readonly detail: string;
  readonly errors?: readonly FieldRefusal[];
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface RefusalMore {
  readonly errors?: readonly FieldRefusal[];
  readonly extra?: Readonly<Record<string, unknown>>;
}

export function refusal<const C extends string>(code: C, detail: string, more: RefusalMore = {}): Refusal<C> {
  return {
    code,
    detail,
    ...(more.errors === undefined ? {} : { errors: more.errors }),
    ...(more.extra === undefined ? {} : { extra: more.extra }),
  };
}

/** `err(refusal(…))`, which is how nearly every refusal is returned. */
export function refuse<const C extends string>(code: C, detail: string, more: RefusalMore = {}): Err<Refusal<C>> {
  return err(refusal(code, detail, more));
}
