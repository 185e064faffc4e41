import { randomUUID } from 'node:crypto';
import { eventually } from './eventually';
import { lettersTo, mailedToken } from './mail';
import { auditOf, freshAddress, newBuyer, password } from './people';
import { api, login, newSession, run, tenants, type Answer } from './platform';

const tenant = tenants[0] ?? '';
const headers = { 'x-tenant': tenant };
const post = (path: string, json: unknown, token?: string) => api(path, { method: 'POST', json, headers, ...(token === undefined ? {} : { token }) });
const refresh = (refresh_token: string) => post('/api/v1/auth/refresh', { refresh_token });
const me = (token: string) => api('/api/v1/me', { token });

const outcome = (answer: Answer) => [answer.status, answer.body?.error?.code ?? null];
/** What an answer says of itself, without what differs from request to request. */
const said = ({ status, body }: Answer) => ({ status, data: body.data, error: body.error === null ? null : { ...body.error, instance: '' } });

/** A token is dead everywhere when every service has heard of it. */
const dies = async (token: string) => {
  for (const path of ['/api/v1/me', '/api/v1/vehicles?per_page=1'])
    await eventually(`${path} to refuse the token`, async () => ((await api(path, { token })).status === 401 ? true : undefined), 2_000);
};

describe('a newcomer', () => {
  it('registers, confirms by the mailed link, signs in, and is who they are', async () => {
    const email = freshAddress();
    const registered = await post('/api/v1/auth/register', { email, password, name: 'Nora Newcomer', locale: 'de' });
    expect(said(registered)).toEqual({ status: 202, data: { status: 'accepted' }, error: null });
    expect(outcome(await login({ tenant, email, password }))).toEqual([403, 'email_unverified']);

    const token = await mailedToken(email, 'verify-email');
    expect((await post('/api/v1/auth/verify-email', { token })).status).toBe(204);
    expect(outcome(await post('/api/v1/auth/verify-email', { token }))).toEqual([400, 'token_invalid']);

    const session = await newSession({ tenant, email, password });
    const answer = await me(session.access_token);
    expect(answer.body.data).toMatchObject({ email, name: 'Nora Newcomer', locale: 'de', roles: ['buyer'], email_verified: true, mfa_enabled: false });
    expect(answer.text).not.toContain('password');
    await auditOf(session.user.id, 'user.registered');
  });

  it('is refused a password that anybody would guess, naming the field', async () => {
    for (const weak of ['short', 'password123456', 'autobroker']) {
      const answer = await post('/api/v1/auth/register', { email: freshAddress(), password: weak });
      expect(answer.status).toBe(400);
      expect(answer.body.error?.errors?.map(({ pointer }) => pointer)).toEqual(['/password']);
    }
  });

  it('gives and withdraws consents, each of which is kept', async () => {
    const buyer = await newBuyer(tenant);
    const documents = (await api('/api/v1/consent-documents', { headers })).body.data as { kind: string; version: string }[];
    const marketing = documents.find(({ kind }) => kind === 'marketing');
    for (const granted of [true, false]) {
      const answer = await post('/api/v1/me/consents', { kind: 'marketing', version: marketing?.version, granted }, buyer.access_token);
      expect(answer.status).toBe(204);
    }
    const { current, log } = (await api('/api/v1/me/consents', { token: buyer.access_token })).body.data as { current: unknown[]; log: { granted: boolean }[] };
    expect(current).toMatchObject([{ kind: 'marketing', granted: false }]);
    expect(log.map(({ granted }) => granted).sort()).toEqual([false, true]);
  });
});

describe('nobody learns who has an account', () => {
  it.each([
    ['register', (email: string) => ({ email, password })],
    ['password/forgot', (email: string) => ({ email })],
    ['verify-email/resend', (email: string) => ({ email })],
    ['login', (email: string) => ({ email, password: 'not the right one 1' })],
  ])('from %s', async (path, body) => {
    const known = await newBuyer(tenant);
    const answers = [await post(`/api/v1/auth/${path}`, body(known.email)), await post(`/api/v1/auth/${path}`, body(freshAddress()))];
    expect(said(answers[0] as Answer)).toEqual(said(answers[1] as Answer));
  });

  it('but the owner of the address is told that somebody registered with it', async () => {
    const known = await newBuyer(tenant);
    const before = lettersTo(known.email).length;
    await post('/api/v1/auth/register', { email: known.email, password: 'another one entirely 7' });
    await eventually('a mail to the owner', () => (lettersTo(known.email).length > before ? true : undefined));
    expect((await login(known)).status).toBe(200);
  });
});

describe('a session', () => {
  it('is renewed by rotation; an old refresh token used again ends it whole', async () => {
    const first = await newBuyer(tenant);
    const second = (await refresh(first.refresh_token)).body.data as { access_token: string; refresh_token: string };
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await me(second.access_token)).status).toBe(200);
    const third = (await refresh(second.refresh_token)).body.data as { access_token: string; refresh_token: string };
    // Somebody stole the first one.
    expect(outcome(await refresh(first.refresh_token))).toEqual([401, 'refresh_token_invalid']);
    expect(outcome(await refresh(third.refresh_token))).toEqual([401, 'refresh_token_invalid']);
    await dies(third.access_token);
    await auditOf(first.session_id, 'session.refresh_reused');
  });

  it('ends where it is signed out, and only there', async () => {
    const here = await newBuyer(tenant);
    const there = await newSession(here);
    expect((await post('/api/v1/auth/logout', undefined, here.access_token)).status).toBe(204);
    await dies(here.access_token);
    expect(outcome(await refresh(here.refresh_token))).toEqual([401, 'refresh_token_invalid']);
    expect((await me(there.access_token)).status).toBe(200);
  });

  it('ends everywhere at once when asked to', async () => {
    const here = await newBuyer(tenant);
    const there = await newSession(here);
    const listed = (await api('/api/v1/auth/sessions', { token: here.access_token })).body.data as { id: string; current: boolean }[];
    expect(listed.filter(({ current }) => current).map(({ id }) => id)).toEqual([here.session_id]);
    expect(listed).toHaveLength(2);
    expect((await post('/api/v1/auth/logout-all', undefined, here.access_token)).status).toBe(204);
    for (const token of [here.access_token, there.access_token]) await dies(token);
    expect(outcome(await refresh(there.refresh_token))).toEqual([401, 'refresh_token_invalid']);
    expect((await login(here)).status).toBe(200);
  });

  it('never takes the tokens of another kind', async () => {
    const buyer = await newBuyer(tenant);
    expect((await refresh(buyer.access_token)).status).toBe(400);
    expect(outcome(await me(buyer.refresh_token))).toEqual([401, 'unauthenticated']);
    const [head, body] = buyer.access_token.split('.');
    expect(outcome(await me(`${head}.${body}.${'A'.repeat(86)}`))).toEqual([401, 'unauthenticated']);
  });
});

describe('wrong passwords', () => {
  it('make an address wait, whether or not it has an account, and say how long', async () => {
    const known = await newBuyer(tenant);
    for (const email of [known.email, freshAddress()]) {
      let answer = await login({ tenant, email, password: 'wrong 1 wrong 2' });
      for (let attempt = 1; attempt < 7 && answer.status === 401; attempt += 1) answer = await login({ tenant, email, password: 'wrong 1 wrong 2' });
      expect(outcome(answer)).toEqual([429, 'account_locked']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    // The right one has to wait as well, or guessing would go on unhindered.
    expect(outcome(await login(known))).toEqual([429, 'account_locked']);
  });
});

describe('a forgotten password', () => {
  it('is set anew by the mailed link, once, and every session ends', async () => {
    const buyer = await newBuyer(tenant);
    expect((await post('/api/v1/auth/password/forgot', { email: buyer.email })).status).toBe(202);
    const token = await mailedToken(buyer.email, 'reset-password');
    const fresh = 'four tame otters 77';
    expect((await post('/api/v1/auth/password/reset', { token, password: fresh })).status).toBe(204);
    expect(outcome(await post('/api/v1/auth/password/reset', { token, password: fresh }))).toEqual([400, 'token_invalid']);
    await dies(buyer.access_token);
    expect(outcome(await login(buyer))).toEqual([401, 'invalid_credentials']);
    expect((await login({ ...buyer, password: fresh })).status).toBe(200);
  });

  it('is not reset by a token for something else', async () => {
    const email = freshAddress();
    await post('/api/v1/auth/register', { email, password });
    const token = await mailedToken(email, 'verify-email');
    expect(outcome(await post('/api/v1/auth/password/reset', { token, password: 'four tame otters 77' }))).toEqual([400, 'token_invalid']);
    expect(outcome(await post('/api/v1/auth/password/reset', { token: randomUUID(), password: 'four tame otters 77' }))).toEqual([400, 'token_invalid']);
  });

  it('is changed by those who know it; other sessions end, this one stays', async () => {
    const here = await newBuyer(tenant);
    const there = await newSession(here);
    const change = (current_password: string) => post('/api/v1/auth/password/change', { current_password, new_password: 'five calm badgers 19' }, here.access_token);
    expect(outcome(await change('not it at all 1'))).toEqual([401, 'invalid_credentials']);
    expect((await change(here.password)).status).toBe(204);
    await dies(there.access_token);
    expect((await me(here.access_token)).status).toBe(200);
  });
});

it('the demo accounts sign in as run.json says', async () => {
  for (const account of run.accounts) expect([account.email, (await newSession(account)).user.roles]).toEqual([account.email, [account.role]]);
});
