import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What `run.json` says of the platform under test. */
export interface Run {
  readonly urls: { readonly api: string };
  readonly accounts: readonly Account[];
}

export interface Account {
  readonly role: string;
  readonly tenant: string | null;
  readonly email: string;
  readonly password: string;
}

/** An answer with its envelope read, whatever the status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Envelope;
}

export interface Envelope {
  readonly data: unknown;
  readonly meta: { request_id: string; timestamp: string; pagination?: Record<string, unknown> };
  readonly error: null | { type: string; title: string; status: number; detail?: string; code: string; errors?: { pointer: string }[] };
}

export const shape = process.env['AUTOBROKER_SHAPE'] ?? 'platform';

const file = process.env['AUTOBROKER_RUN'];
if (file === undefined) throw new Error('AUTOBROKER_RUN must name the run.json of a running platform; use `npm run test:e2e`');
export const run = JSON.parse(readFileSync(file, 'utf8')) as Run;
export const base = run.urls.api;
/** Where the platform under test keeps what it would send out. */
export const dataFolder = dirname(file);

export const api = async (path: string, init: RequestInit & { json?: unknown; token?: string } = {}): Promise<Answer> => {
  const { json, token, ...rest } = init;
  const headers = new Headers(rest.headers);
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (json !== undefined) headers.set('content-type', 'application/json');
  const response = await fetch(`${base}${path}`, { redirect: 'manual', ...rest, headers, ...(json === undefined ? {} : { body: JSON.stringify(json) }) });
  const text = await response.text();
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: the caller looks at the text.
  }
  return { status: response.status, headers: response.headers, text, body: body as Envelope };
};

export const accountOf = (role: string, tenant?: string | null): Account => {
  const found = run.accounts.find((account) => account.role === role && (tenant === undefined || account.tenant === tenant));
  if (found === undefined) throw new Error(`no demo account with the role ${role} in ${tenant ?? 'any tenant'}`);
  return found;
};

export const tenants = [...new Set(run.accounts.flatMap((account) => (account.tenant === null ? [] : [account.tenant])))];

/** What signing in gives. */
export interface Session {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly session_id: string;
  readonly user: { readonly id: string; readonly tenant_id: string | null; readonly roles: readonly string[] };
}

export const login = (account: Pick<Account, 'tenant' | 'email' | 'password'>): Promise<Answer> =>
  api('/api/v1/auth/login', {
    method: 'POST',
    json: { email: account.email, password: account.password },
    ...(account.tenant === null ? {} : { headers: { 'x-tenant': account.tenant } }),
  });

/** A session of its own, for those who end it. */
export const newSession = async (account: Pick<Account, 'tenant' | 'email' | 'password'>): Promise<Session> => {
  const answer = await login(account);
  if (answer.status !== 200) throw new Error(`login of ${account.email} answered ${answer.status}: ${answer.text}`);
  return answer.body.data as Session;
};

const sessions = new Map<string, Promise<Session>>();

/** The session of a demo account; signing in once per account and test file. */
export const sessionOf = (account: Account): Promise<Session> => {
  const key = `${account.tenant ?? ''}/${account.email}`;
  const session = sessions.get(key) ?? newSession(account);
  sessions.set(key, session);
  return session;
};

export const signIn = async (account: Account): Promise<string> => (await sessionOf(account)).access_token;

export const tokenOf = (role: string, tenant?: string | null): Promise<string> => signIn(accountOf(role, tenant));
