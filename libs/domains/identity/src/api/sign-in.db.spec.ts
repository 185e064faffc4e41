import { authConfig } from '@autobroker/platform/auth';
import { loadConfig } from '@autobroker/platform/config';
import { House, password, signedIn } from '../testing/house';

describe('signing in and out', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house?.close());

  it('a buyer registers, proves the address, signs in, and is known', async () => {
    const email = 'Ada.Lovelace@Example.com';
    const body = { email, password: 'a green van in the rain', name: 'Ada', consents: [{ kind: 'terms', version: '2026-11', granted: true }] };
    const registered = await house.call('POST', '/auth/register', { body });
    expect([registered.status, registered.body.data]).toEqual([202, { status: 'accepted' }]);

    const early = await house.call('POST', '/auth/login', { body: { email, password: body.password } });
    expect([early.status, early.body.error?.code]).toEqual([403, 'email_unverified']);

    const { token, message } = await house.mailTo(email);
    expect(message.subject).toContain('Aurora Motors');
    expect((await house.call('POST', '/auth/verify-email', { body: { token } })).status).toBe(204);
    const again = await house.call('POST', '/auth/verify-email', { body: { token } });
    expect(again.body.error?.code).toBe('token_invalid');

    const user = await house.login(' ada.lovelace@EXAMPLE.com ', undefined, body.password);
    const me = await house.call('GET', '/me', { as: user.access });
    expect(me.body.data).toMatchObject({ email, name: 'Ada', roles: ['buyer'], email_verified: true });
    expect(me.headers.get('etag')).toMatch(/^"\d+/);
    const consents = await house.call('GET', '/me/consents', { as: user.access });
    expect(consents.body.data['current']).toMatchObject([{ kind: 'terms', version: '2026-11', granted: true }]);
  });

  it('a known and an unknown address get the same answer, and the known one’s owner a mail', async () => {
    const known = await house.call('POST', '/auth/register', { body: { email: 'buyer@aurora.example', password: 'somebody else tries this' } });
    const fresh = await house.call('POST', '/auth/register', { body: { email: 'nobody@new.example', password: 'somebody else tries this' } });
    expect(known.status).toBe(fresh.status);
    expect(known.body.data).toEqual(fresh.body.data);
    const { message } = await house.mailTo('buyer@aurora.example');
    expect(message.subject).toContain('already have an account');
    await house.login('buyer@aurora.example');

    const wrong = await house.call('POST', '/auth/login', { body: { email: 'buyer@aurora.example', password: 'wrong password' } });
    const nobody = await house.call('POST', '/auth/login', { body: { email: 'no.such@aurora.example', password: 'wrong password' } });
    expect([wrong.status, wrong.body.error?.code, wrong.body.error?.['detail']]).toEqual([nobody.status, nobody.body.error?.code, nobody.body.error?.['detail']]);
    expect(wrong.body.error?.code).toBe('invalid_credentials');
  });

  it('an address that somebody else registered first is never theirs', async () => {
    const email = 'victim@example.com';
    await house.call('POST', '/auth/register', { body: { email, password: 'the attacker knows this' } });
    const { token: attackers } = await house.mailTo(email);
    const seen = house.mails.length;
    await house.call('POST', '/auth/register', { body: { email, password: 'the owner chose this one' } });
    const { token: owners } = await house.mailTo(email, seen);
    expect((await house.call('POST', '/auth/verify-email', { body: { token: owners } })).status).toBe(204);
    expect((await house.call('POST', '/auth/verify-email', { body: { token: attackers } })).body.error?.code).toBe('token_invalid');
    const attack = await house.call('POST', '/auth/login', { body: { email, password: 'the attacker knows this' } });
    expect(attack.status).toBe(401);
    await house.login(email, undefined, 'the owner chose this one');
  });

  it('the same address is another person at another broker', async () => {
    await house.buyer('twice@example.com', 'the first of two brokers');
    const other = await house.call('POST', '/auth/login', { body: { email: 'twice@example.com', password: 'the first of two brokers' }, tenant: 'blueline-autos' });
    expect(other.status).toBe(401);
  });

  it('a refresh token is good once; a second use ends the whole family and is audited', async () => {
    const first = await house.login('scout@aurora.example');
    const second = signedIn(await house.call('POST', '/auth/refresh', { body: { refresh_token: first.refresh } }));
    expect(second.session).toBe(first.session);
    const third = signedIn(await house.call('POST', '/auth/refresh', { body: { refresh_token: second.refresh } }));

    const replay = await house.call('POST', '/auth/refresh', { body: { refresh_token: first.refresh } });
    expect([replay.status, replay.body.error?.code]).toEqual([401, 'refresh_token_invalid']);
    expect((await house.call('POST', '/auth/refresh', { body: { refresh_token: third.refresh } })).status).toBe(401);
    expect((await house.call('GET', '/me', { as: third.access })).status).toBe(401);
    expect((await house.audit('session.refresh_reused')).map((row) => row.object_id)).toContain(first.session);
  });

  it('two refreshes at once: one wins, and its session lives on', async () => {
    const user = await house.login('scout@aurora.example');
    const answers = await Promise.all([1, 2, 3, 4].map(() => house.call('POST', '/auth/refresh', { body: { refresh_token: user.refresh } })));
    const won = answers.filter((answer) => answer.status === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(3);
  });

  it('signing out ends the access token at once, here or everywhere', async () => {
    const [one, two] = [await house.login('agent@aurora.example'), await house.login('agent@aurora.example')];
    const sessions = await house.call('GET', '/auth/sessions', { as: one.access });
    expect(sessions.body.data.map((session) => (session as { id: string }).id)).toEqual(expect.arrayContaining([one.session, two.session]));
    expect((await house.call('POST', '/auth/logout', { as: one.access })).status).toBe(204);
    expect((await house.call('GET', '/me', { as: one.access })).status).toBe(401);
    expect((await house.call('POST', '/auth/refresh', { body: { refresh_token: one.refresh } })).status).toBe(401);
    expect((await house.call('GET', '/me', { as: two.access })).status).toBe(200);
    const three = await house.login('agent@aurora.example');
    expect((await house.call('POST', '/auth/logout-all', { as: three.access })).status).toBe(204);
    expect((await house.call('GET', '/me', { as: two.access })).status).toBe(401);
  });

  it('a process that missed the news of ended sessions can ask for them, and nobody else can', async () => {
    const [one, two] = [await house.login('agent@aurora.example'), await house.login('agent@aurora.example')];
    await house.call('POST', '/auth/logout', { as: one.access });
    const internal = { 'x-internal-secret': loadConfig(authConfig, {}).internalSecret };
    const answer = await house.call('GET', '/auth/revocations', { headers: internal });
    const sessions = answer.body.data.map((row) => row as { session_id: string; tokens_expire_at: string });
    expect(sessions.map((row) => row.session_id)).toContain(one.session);
    expect(sessions.map((row) => row.session_id)).not.toContain(two.session);
    const lifeMs = Date.parse(sessions.find((row) => row.session_id === one.session)?.tokens_expire_at ?? '') - Date.now();
    expect(lifeMs).toBeGreaterThan(14 * 60_000);
    for (const headers of [{}, { 'x-internal-secret': 'something else entirely' }, { authorization: `Bearer ${two.access}` }]) {
      expect((await house.call('GET', '/auth/revocations', { headers })).status).toBe(404);
    }
  });

  it('nobody ends another person’s session', async () => {
    const [mine, theirs] = [await house.login('ops@aurora.example'), await house.login('finance@aurora.example')];
    expect((await house.call('DELETE', `/auth/sessions/${theirs.session}`, { as: mine.access })).status).toBe(404);
    expect((await house.call('GET', '/me', { as: theirs.access })).status).toBe(200);
  });

  it('guessing makes the account wait, known or not, and even the right password waits', async () => {
    for (const email of ['partner@aurora.example', 'no.such.person@aurora.example']) {
      const codes: (string | undefined)[] = [];
      for (let attempt = 0; attempt < 6; attempt += 1) {
        codes.push((await house.call('POST', '/auth/login', { body: { email, password: 'a wrong guess' } })).body.error?.code);
      }
      expect(codes).toEqual([...Array<string>(5).fill('invalid_credentials'), 'account_locked']);
      const right = await house.call('POST', '/auth/login', { body: { email, password } });
      expect([right.status, right.body.error?.code]).toEqual([429, 'account_locked']);
      expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    house.later(6_000);
    await house.login('partner@aurora.example');
  });

  it('guesses side by side don’t get past the lock that the first of them caused', async () => {
    const email = 'buyer@blueline.example';
    const guess = (text: string) => house.call('POST', '/auth/login', { body: { email, password: text }, tenant: 'blueline-autos' });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => guess(`guess number ${index}`)));
    expect(answers.filter((answer) => answer.status === 401).length).toBeLessThanOrEqual(5);
    expect(answers.filter((answer) => answer.status === 429).length).toBeGreaterThanOrEqual(7);
  });

  it('an operator comes in by any tenant’s door', async () => {
    const operator = await house.login('operator@autobroker.example', 'blueline-autos');
    const me = await house.call('GET', '/me', { as: operator.access });
    expect(me.body.data).toMatchObject({ roles: ['operator'], tenant_id: null });
  });

  it('staff who were away a day sign in again; a buyer does not', async () => {
    const [staff, buyer] = [await house.login('finance@aurora.example'), await house.login('buyer@aurora.example')];
    house.later(24 * 3_600_000 + 60_000);
    expect((await house.call('POST', '/auth/refresh', { body: { refresh_token: staff.refresh } })).status).toBe(401);
    expect((await house.call('POST', '/auth/refresh', { body: { refresh_token: buyer.refresh } })).status).toBe(200);
  });
});
