import type { Started } from './own-platform';
import type { Account } from './platform';

/** A request to a platform of one suite's own; with a body it is a POST. */
export const call = async (url: string, path: string, token: string | null, json?: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: json === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  return { status: answer.status, body: (await answer.json()) as { data: unknown; error: null | { code: string }; meta: { pagination?: { next_cursor?: string | null } } } };
};

export const signIn = async ({ url, accounts }: Started, role: string): Promise<string> => {
  const account = accounts.find((one: Account) => one.role === role);
  const { body } = await call(url, '/auth/login', null, { email: account?.email, password: account?.password }, account?.tenant == null ? {} : { 'x-tenant': account.tenant });
  return (body.data as { access_token: string }).access_token;
};

/** Every entry of a list, by its cursor. */
export const walk = async <T>(url: string, path: string, token: string): Promise<T[]> => {
  const found: T[] = [];
  for (let cursor = ''; ; ) {
    const { status, body } = await call(url, `${path}&per_page=100${cursor}`, token);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
    found.push(...(body.data as T[]));
    const next = body.meta.pagination?.next_cursor;
    if (next === null || next === undefined) return found;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
};
