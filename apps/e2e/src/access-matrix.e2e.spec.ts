import { isProblemCode, rolePermissions, roles, type Role } from '@autobroker/contracts';
import { demandOf, endpoints, openToAll, type Endpoint } from './document';
import { accountOf, api, newSession, tenants, type Answer } from './platform';

/** An id that nothing has: whoever is let in learns that there is nothing, and no call of the matrix changes anything. */
const nobody = '01900000-0000-7000-8000-000000000000';
const unknown: Readonly<Record<string, string>> = { name: 'no-such-consumer', queue: 'no.such-queue', key: 'no-such-provider', token: 'no-such-token' };
const addressOf = (path: string) => path.replace(/\{([^}]+)\}/g, (_, name: string) => unknown[name] ?? nobody);

/** What would end the caller's session or turn every signature over; their journeys are elsewhere. */
const consuming = /\/auth\/logout|\/signing-keys\/rotate$/;

const call = ({ method, path }: Endpoint, headers: Record<string, string>): Promise<Answer> =>
  api(addressOf(path), { method, headers, ...(method === 'GET' || method === 'DELETE' ? {} : { json: {} }) });

const entryOf = ({ method, path }: Endpoint, answer: Answer) => ({
  what: `${method} ${path}`,
  status: answer.status,
  code: answer.body?.error?.code ?? null,
  text: answer.text.slice(0, 200),
});

/** Let in: whatever else is wrong with the request, it is neither the login nor the permission. */
const wasLetIn = (answer: Answer) =>
  answer.status < 500 && !['unauthenticated', 'permission_denied', 'token_expired'].includes(answer.body?.error?.code ?? '');

const refusedWith = (answer: Answer, status: number, code: string) => answer.status === status && answer.body?.error?.code === code;

const judge = (answer: Answer, allowed: boolean, signedIn: boolean): boolean => {
  if (allowed) return wasLetIn(answer);
  return signedIn ? refusedWith(answer, 403, 'permission_denied') : refusedWith(answer, 401, 'unauthenticated');
};

const callers = [...roles.filter((role) => role !== 'operator').flatMap((role) => tenants.map((tenant) => ({ role, tenant }))), { role: 'operator' as Role, tenant: null }];

describe('roles × operations × tenants, as the served document declares them', () => {
  let all: Endpoint[] = [];
  beforeAll(async () => {
    all = (await endpoints()).filter(({ path }) => !consuming.test(path));
    expect(all.length).toBeGreaterThan(80);
  });

  it('has a demo account for every role in two tenants', () => expect([tenants.length, callers.length]).toEqual([2, roles.length * 2 - 1]));

  it('declares what each operation asks, and that signing in may be in vain', () => {
    for (const endpoint of all) {
      const demand = demandOf(endpoint);
      const answers = Object.keys(endpoint.operation.responses);
      expect([endpoint.method, endpoint.path, demand.kind === 'permission' && !answers.includes('403')]).toEqual([endpoint.method, endpoint.path, false]);
      const open = endpoint.operation.security.some((way) => Object.keys(way).length === 0);
      expect([endpoint.method, endpoint.path, open]).toEqual([endpoint.method, endpoint.path, openToAll(demand)]);
    }
  });

  it.each(tenants)('lets somebody who is not signed in at %s do only what is open to all', async (tenant) => {
    const wrong = [];
    for (const endpoint of all) {
      const demand = demandOf(endpoint);
      const answer = await call(endpoint, { 'x-tenant': tenant });
      const fine = endpoint.path.startsWith('/api/v1/oauth/') ? answer.status < 500 : judge(answer, openToAll(demand), false);
      if (!fine) wrong.push(entryOf(endpoint, answer));
    }
    expect(wrong).toEqual([]);
  });

  it.each(callers)('lets the $role of $tenant do what the role may and nothing else', async ({ role, tenant }) => {
    const { access_token: token } = await newSession(accountOf(role, tenant));
    const may = rolePermissions[role];
    const wrong = [];
    for (const endpoint of all) {
      const demand = demandOf(endpoint);
      const allowed = demand.kind !== 'permission' || may.includes(demand.permission);
      const answer = await call(endpoint, { authorization: `Bearer ${token}` });
      const fine = endpoint.path.startsWith('/api/v1/oauth/') ? answer.status < 500 : judge(answer, allowed, true);
      if (!fine) wrong.push(entryOf(endpoint, answer));
    }
    expect(wrong).toEqual([]);
  });

  it('says every refusal in the words of the closed list', async () => {
    const { access_token: token } = await newSession(accountOf('buyer', tenants[0]));
    for (const endpoint of all) {
      if (/\/oauth\/|well-known/.test(endpoint.path)) continue;
      const answer = await call(endpoint, { authorization: `Bearer ${token}` });
      if (answer.status < 400) continue;
      expect([endpoint.method, endpoint.path, answer.body.error?.code, isProblemCode(answer.body.error?.code ?? '')]).toEqual([
        endpoint.method,
        endpoint.path,
        answer.body.error?.code,
        true,
      ]);
      expect(endpoint.operation.responses[String(answer.status)]?.['x-problem-codes']).toContain(answer.body.error?.code);
    }
  });

  it.each(['garbage', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwicm9sZXMiOlsib3BlcmF0b3IiXX0.', 'ab_live_x_y'])('refuses the credential %s everywhere, open or not', async (token) => {
    const wrong = [];
    for (const endpoint of all) {
      if (/\/oauth\/|\/health\/|openapi\.json|jwks\.json|well-known/.test(endpoint.path)) continue;
      const answer = await call(endpoint, { authorization: `Bearer ${token}` });
      // What providers tell is believed by its signature alone.
      const fine = endpoint.path.includes('/webhooks/') ? refusedWith(answer, 403, 'signature_invalid') : refusedWith(answer, 401, 'unauthenticated');
      if (!fine) wrong.push(entryOf(endpoint, answer));
    }
    expect(wrong).toEqual([]);
  });
});
