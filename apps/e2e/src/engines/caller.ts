import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './house';

export interface Answer {
  /** Null when there was none: the connection broke. */
  readonly status: number | null;
  readonly code: string | null;
  readonly text: string;
  readonly data: unknown;
  readonly headers: Headers;
  readonly nextCursor: string | null;
}

interface Envelope {
  readonly data?: unknown;
  readonly meta?: { readonly pagination?: { readonly next_cursor?: string | null } };
  readonly error?: { readonly code?: string } | null;
}

export interface Ask {
  readonly method?: string;
  readonly json?: unknown;
  readonly body?: FormData;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

/** Asks a process of the platform; never throws. */
export async function ask(url: string, { json, token, headers = {}, ...more }: Ask = {}): Promise<Answer> {
  try {
    const response = await fetch(url, {
      ...more,
      headers: {
        ...headers,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    const envelope = parse(text);
    return {
      status: response.status,
      code: envelope.error?.code ?? null,
      text,
      data: envelope.data,
      headers: response.headers,
      nextCursor: envelope.meta?.pagination?.next_cursor ?? null,
    };
  } catch (error) {
    return { status: null, code: null, text: String(error), data: null, headers: new Headers(), nextCursor: null };
  }
}

function parse(text: string): Envelope {
  try {
    return JSON.parse(text) as Envelope;
  } catch {
    return {};
  }
}

export async function signIn(url: string, account: Pick<Account, 'tenant' | 'email' | 'password'>): Promise<string> {
  const answer = await ask(`${url}/api/v1/auth/login`, {
    method: 'POST',
    json: { email: account.email, password: account.password },
    headers: account.tenant === null ? {} : { 'x-tenant': account.tenant },
  });
  if (answer.status !== 200) throw new Error(`the login answered ${answer.status}: ${answer.text}`);
  return (answer.data as { access_token: string }).access_token;
}

/** All items of a list, by its cursors. */
export async function walk<T>(address: string, token: string): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer: Answer = await ask(`${address}&per_page=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, { token });
    if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}: ${answer.text}`);
    items.push(...(answer.data as T[]));
    cursor = answer.nextCursor;
  }
  return items;
}

/** Waits until `look` gives something. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>, patienceMs = 45_000): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`${what} did not happen within ${patienceMs / 1_000} s`);
    await pause(100);
  }
}
