import { Secret, TOTP } from 'otpauth';
import { hash as bcryptHash } from '@node-rs/bcrypt';
import { REAL_TIME } from '../application/real-time';
import { House, password, signedIn, type SignedInUser } from '../testing/house';

describe('passwords, second factors and addresses', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house?.close());

  const now = (): number => house.app.app.get<{ now(): Date }>(REAL_TIME).now().getTime();
  const codeFor = (secret: string, shiftMs = 0): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now() + shiftMs });

  async function withSecondFactor(email: string): Promise<{ user: SignedInUser; secret: string; recovery: string[] }> {
    const user = await house.buyer(email, 'second factor for me');
    const enrolled = await house.call('POST', '/auth/mfa/totp', { as: user.access, body: { password: 'second factor for me' } });
    const secret = String(enrolled.body.data['secret']);
    expect(String(enrolled.body.data['otpauth_url'])).toMatch(/^otpauth:\/\/totp\//);
    const confirmed = await house.call('POST', '/auth/mfa/totp/confirm', { as: user.access, body: { code: codeFor(secret, -30_000) } });
    return { user, secret, recovery: confirmed.body.data['recovery_codes'] as string[] };
  }

  const firstStep = async (email: string): Promise<string> => {
    const answer = await house.call('POST', '/auth/login', { body: { email, password: 'second factor for me' } });
    expect([answer.status, answer.body.error?.code]).toEqual([401, 'mfa_required']);
    return String(answer.body.error?.['mfa_token']);
  };

  it('with a second factor the password alone opens nothing, and a code is good once', async () => {
    const { secret, recovery } = await withSecondFactor('mfa@example.com');
    expect(new Set(recovery).size).toBe(10);
    const code = codeFor(secret);
    const token = await firstStep('mfa@example.com');
    const wrong = await house.call('POST', '/auth/login/mfa', { body: { mfa_token: token, code: '000000' } });
    expect(wrong.body.error?.code).toBe('mfa_invalid');
    const right = await house.call('POST', '/auth/login/mfa', { body: { mfa_token: token, code } });
    expect(right.status).toBe(200);
    const me = await house.call('GET', '/me', { as: signedIn(right).access });
    expect(me.body.data['mfa_enabled']).toBe(true);

    const replay = await house.call('POST', '/auth/login/mfa', { body: { mfa_token: await firstStep('mfa@example.com'), code } });
    expect([replay.status, replay.body.error?.code]).toEqual([401, 'mfa_invalid']);
  });

  it('one code, many requests at once: one of them gets in', async () => {
    const { secret } = await withSecondFactor('race@example.com');
    const tokens = [await firstStep('race@example.com'), await firstStep('race@example.com'), await firstStep('race@example.com')];
    const code = codeFor(secret);
    const answers = await Promise.all(tokens.map((mfa_token) => house.call('POST', '/auth/login/mfa', { body: { mfa_token, code } })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401, 401]);
  });

  it('a recovery code opens once; taking the factor down needs the password and a code', async () => {
    const { user, recovery } = await withSecondFactor('recovery@example.com');
    const use = async (recovery_code: string | undefined) =>
      house.call('POST', '/auth/login/mfa', { body: { mfa_token: await firstStep('recovery@example.com'), recovery_code } });
    expect((await use(recovery[0]?.toLowerCase())).status).toBe(200);
    expect((await use(recovery[0])).status).toBe(401);
    const status = await house.call('GET', '/auth/mfa', { as: user.access });
    expect(status.body.data).toEqual({ totp_enabled: true, recovery_codes_left: 9 });
    const bare = await house.call('POST', '/auth/mfa/totp/disable', { as: user.access, body: { password: 'not this', recovery_code: recovery[1] } });
    expect(bare.body.error?.code).toBe('invalid_credentials');
    const done = await house.call('POST', '/auth/mfa/totp/disable', { as: user.access, body: { password: 'second factor for me', recovery_code: recovery[1] } });
    expect(done.status).toBe(204);
    await house.login('recovery@example.com', undefined, 'second factor for me');
  });

  it('where staff need a second factor, they get only far enough to set one up', async () => {
    const operator = await house.login('operator@autobroker.example');
    const tenant = await house.call('GET', '/tenants/current', { tenant: 'blueline-autos' });
    const id = String(tenant.body.data['id']);
    const strict = { mfa_required_for_staff: true, registration_open: true };
    expect((await house.call('PATCH', `/tenants/${id}`, { as: operator.access, body: { settings: strict } })).status).toBe(200);
    const answer = await house.call('POST', '/auth/login', { body: { email: 'agent@blueline.example', password }, tenant: 'blueline-autos' });
    expect(answer.body.data['mfa_enrolment_required']).toBe(true);
    const agent = signedIn(answer);
    expect((await house.call('GET', '/users', { as: agent.access })).status).toBe(403);
    expect((await house.call('GET', '/me', { as: agent.access })).status).toBe(200);
    const enrolled = await house.call('POST', '/auth/mfa/totp', { as: agent.access, body: { password } });
    expect((await house.call('POST', '/auth/mfa/totp/confirm', { as: agent.access, body: { code: codeFor(String(enrolled.body.data['secret'])) } })).status).toBe(200);
    const fresh = signedIn(await house.call('POST', '/auth/refresh', { body: { refresh_token: agent.refresh } }));
    expect((await house.call('GET', '/users', { as: fresh.access })).status).toBe(200);
  });

  it('a forgotten password is reset by mail, once, and ends every session', async () => {
    const user = await house.buyer('forgetful@example.com');
    const unknown = await house.call('POST', '/auth/password/forgot', { body: { email: 'nobody@example.com' } });
    const known = await house.call('POST', '/auth/password/forgot', { body: { email: 'forgetful@example.com' } });
    expect([known.status, known.body.data]).toEqual([unknown.status, unknown.body.data]);
    const { token } = await house.mailTo('forgetful@example.com', house.mails.findIndex((mail) => mail.to === 'forgetful@example.com') + 1);
    const weak = await house.call('POST', '/auth/password/reset', { body: { token, password: 'password123' } });
    expect(weak.body.error?.code).toBe('password_unacceptable');
    expect((await house.call('POST', '/auth/password/reset', { body: { token, password: 'remembered this time' } })).status).toBe(204);
    expect((await house.call('POST', '/auth/password/reset', { body: { token, password: 'and once more again' } })).body.error?.code).toBe('token_invalid');
    expect((await house.call('GET', '/me', { as: user.access })).status).toBe(401);
    await house.login('forgetful@example.com', undefined, 'remembered this time');
  });

  it('a new password ends the other sessions and keeps this one', async () => {
    const here = await house.buyer('changer@example.com');
    const there = await house.login('changer@example.com', undefined, 'a green van in the rain');
    const body = { current_password: 'a green van in the rain', new_password: 'a blue van in the sun' };
    expect((await house.call('POST', '/auth/password/change', { as: here.access, body: { ...body, current_password: 'no' } })).status).toBe(401);
    expect((await house.call('POST', '/auth/password/change', { as: here.access, body })).status).toBe(204);
    expect((await house.call('GET', '/me', { as: there.access })).status).toBe(401);
    expect((await house.call('GET', '/me', { as: here.access })).status).toBe(200);
  });

  it('signing in somewhere else does not make an edit stale', async () => {
    const user = await house.buyer('editor@example.com');
    const me = await house.call('GET', '/me', { as: user.access });
    await house.login('editor@example.com', undefined, 'a green van in the rain');
    const edit = (name: string) => house.call('PATCH', '/me', { as: user.access, body: { name }, headers: { 'if-match': me.headers.get('etag') ?? '' } });
    expect((await edit('First')).status).toBe(200);
    expect((await edit('Second')).status).toBe(412);
  });

  it('a bcrypt hash of an import opens once, and is argon2id from then on', async () => {
    const user = await house.buyer('imported@example.com');
    await house.db.query('update identity.users set password_hash = $2 where id = $1', [user.id, await bcryptHash('the old system knew', 10)]);
    await house.login('imported@example.com', undefined, 'the old system knew');
    const [row] = await house.db.query<{ password_hash: string }>('select password_hash from identity.users where id = $1', [user.id]);
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await house.login('imported@example.com', undefined, 'the old system knew');
  });

  it('a new address counts when it is proved, and never when another account has it', async () => {
    const user = await house.buyer('old@example.com');
    const ask = (email: string) => house.call('POST', '/me/email', { as: user.access, body: { email, password: 'a green van in the rain' } });
    expect((await ask('new@example.com')).status).toBe(202);
    const { token } = await house.mailTo('new@example.com');
    await house.login('old@example.com', undefined, 'a green van in the rain');
    expect((await house.call('POST', '/auth/email-change/confirm', { body: { token } })).status).toBe(204);
    await house.login('new@example.com', undefined, 'a green van in the rain');
    const before = house.mails.length;
    expect((await ask('buyer@aurora.example')).status).toBe(202);
    expect(house.mails.slice(before).filter((mail) => mail.to === 'buyer@aurora.example')).toEqual([]);
  });

  it('two registrations of one address at once make one account', async () => {
    const body = { email: 'simultaneous@example.com', password: 'two of us at once' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => house.call('POST', '/auth/register', { body })));
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202, 202]);
    const rows = await house.db.query(`select 1 from identity.audit_log where action = 'user.registered' and at > now() - interval '1 hour' and object_id in
      (select id::text from identity.users where email_verified_at is null and password_hash is null)`);
    expect(rows).toHaveLength(1);
  });

  it('no name, address or secret stands in the database, the events or the audit log', async () => {
    const email = 'very.private@example.com';
    const user = await house.buyer(email, 'nobody reads this one');
    await house.call('PATCH', '/me', { as: user.access, body: { name: 'Quite Secret', phone: '+491701234567' } });
    const tables = await house.db.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'identity' and table_type = 'BASE TABLE'`);
    for (const { name } of tables) {
      const rows = await house.db.query<{ hits: string }>(
        `select count(*) as hits from identity.${name} t where t::text ~* 'very\\.private|Quite Secret|491701234567|nobody reads this one'`,
      );
      expect({ name, hits: rows[0]?.hits }).toEqual({ name, hits: '0' });
    }
  });
});
