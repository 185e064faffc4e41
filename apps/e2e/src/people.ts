import { randomUUID } from 'node:crypto';
import { eventually } from './eventually';
import { mailedToken } from './mail';
import { accountOf, api, newSession, tokenOf, type Session } from './platform';

export const password = 'seven quiet herons 42';

export interface Person extends Session {
  readonly tenant: string;
  readonly email: string;
  readonly password: string;
}

export const freshAddress = (): string => `p-${randomUUID().slice(0, 13)}@journeys.example`;

const post = (path: string, tenant: string, json: unknown) => api(path, { method: 'POST', json, headers: { 'x-tenant': tenant } });

/** Somebody new: registered, verified by the mailed link, signed in. */
export const newBuyer = async (tenant: string): Promise<Person> => {
  const email = freshAddress();
  const registered = await post('/api/v1/auth/register', tenant, { email, password });
  if (registered.status !== 202) throw new Error(`registration answered ${registered.status}: ${registered.text}`);
  const verified = await post('/api/v1/auth/verify-email', tenant, { token: await mailedToken(email, 'verify-email') });
  if (verified.status !== 204) throw new Error(`verification answered ${verified.status}: ${verified.text}`);
  return { ...(await newSession({ tenant, email, password })), tenant, email, password };
};

/** The entries of one kind about one object, from whichever service wrote them. */
export const auditOf = async (objectId: string, action: string, atLeast = 1): Promise<Record<string, unknown>[]> => {
  const token = await tokenOf('operator', null);
  return eventually(`${atLeast} × ${action} of ${objectId} in the audit log`, async () => {
    const answer = await api(`/api/v1/audit-log?object_id=${objectId}&action=${action}`, { token });
    if (answer.status !== 200) throw new Error(`the audit log answered ${answer.status}: ${answer.text}`);
    const entries = answer.body.data as Record<string, unknown>[];
    return entries.length >= atLeast ? entries : undefined;
  });
};

export const tenantIdOf = async (slug: string): Promise<string> => {
  const session = await newSession(accountOf('admin', slug));
  if (session.user.tenant_id === null) throw new Error(`the admin of ${slug} belongs to no tenant`);
  return session.user.tenant_id;
};
