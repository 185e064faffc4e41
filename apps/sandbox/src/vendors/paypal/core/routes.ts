import type { IncomingHttpHeaders } from 'node:http';
import type { Account } from '../account';
import type { Hash } from './reading';

/** A request whose caller is known. */
export interface Call {
  readonly account: Account;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body as JSON; an empty one is an empty object. */
  readonly body: Hash;
  /** For patches. */
  readonly list: readonly unknown[];
  readonly raw: Buffer;
  /** `Prefer: return=representation`. */
  readonly whole: boolean;
}

/** What comes of it. */
export interface Outcome {
  readonly status: number;
  /** Null for an answer without a body. */
  readonly body: unknown;
  /** How a repeated request is shown what has become of it meanwhile: the name of a view and of what it shows. */
  readonly view?: readonly [view: string, id: string];
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
export type Endpoint = readonly [method: Method, path: string, handle: (call: Call) => Outcome];

export interface Match {
  /** The path as it was declared. */
  readonly path: string;
  readonly handle: Endpoint[2];
  readonly params: Readonly<Record<string, string>>;
}

const fits = (wanted: readonly string[], parts: readonly string[]): boolean => wanted.length === parts.length && wanted.every((part, at) => (part.startsWith(':') ? parts[at] !== '' : part === parts[at]));

/** The first that fits, in the order in which they were declared. */
export function findEndpoint(endpoints: readonly Endpoint[], method: string, path: string): Match | 'no such path' | 'no such method' {
  const parts = path.split('/');
  let known = false;
  for (const [wantedMethod, wantedPath, handle] of endpoints) {
    const wanted = wantedPath.split('/');
    if (!fits(wanted, parts)) continue;
    known = true;
    if (wantedMethod !== method) continue;
    return { path: wantedPath, handle, params: Object.fromEntries(wanted.flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), parts[at] ?? '']] : []))) };
  }
  return known ? 'no such method' : 'no such path';
}

export const ok = (body: unknown): Outcome => ({ status: 200, body });
export const nothing: Outcome = { status: 204, body: null };
