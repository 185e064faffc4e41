import { TOTP } from 'otpauth';
import { newBuyer, type Person } from './people';
import { api, login, tenants, type Answer } from './platform';

const tenant = tenants[0] ?? '';
const post = (path: string, json: unknown, token?: string) => api(path, { method: 'POST', json, headers: { 'x-tenant': tenant }, ...(token === undefined ? {} : { token }) });
const outcome = (answer: Answer) => [answer.status, answer.body?.error?.code ?? null];

const codeOf = (secret: string, steps = 0): string => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });

const enrolled = async (): Promise<{ person: Person; secret: string; recovery: string[] }> => {
  const person = await newBuyer(tenant);
  const begun = await post('/api/v1/auth/mfa/totp', { password: person.password }, person.access_token);
  expect(begun.status).toBe(200);
  const { secret, otpauth_url } = begun.body.data as { secret: string; otpauth_url: string };
  expect(otpauth_url).toMatch(/^otpauth:\/\/totp\//);
  expect(new URL(otpauth_url).searchParams.get('secret')).toBe(secret);
  expect(outcome(await post('/api/v1/auth/mfa/totp/confirm', { code: '000000' }, person.access_token))).toEqual([401, 'mfa_invalid']);
  // A step early, so that the current code is still unused for the login that follows.
  const confirmed = await post('/api/v1/auth/mfa/totp/confirm', { code: codeOf(secret, -1) }, person.access_token);
  expect(confirmed.status).toBe(200);
  return { person, secret, recovery: (confirmed.body.data as { recovery_codes: string[] }).recovery_codes };
};

/** The first half of signing in: the password is right, the second factor is asked for. */
const challenge = async (person: Person): Promise<string> => {
  const answer = await login(person);
  expect(outcome(answer)).toEqual([401, 'mfa_required']);
  const token = (answer.body.error as { mfa_token?: string } | null)?.mfa_token;
  if (token === undefined) throw new Error(`no mfa_token in ${answer.text}`);
  expect((await api('/api/v1/me', { token })).status).toBe(401);
  return token;
};

describe('a second factor', () => {
  it('is set up, asked for, and each code is good for one login', async () => {
    const { person, secret } = await enrolled();
    const code = codeOf(secret);
    const signedIn = await post('/api/v1/auth/login/mfa', { mfa_token: await challenge(person), code });
    expect(signedIn.status).toBe(200);
    const session = signedIn.body.data as { access_token: string };
    expect((await api('/api/v1/auth/mfa', { token: session.access_token })).body.data).toMatchObject({ totp_enabled: true, recovery_codes_left: 10 });
    // Somebody looked over the shoulder.
    expect(outcome(await post('/api/v1/auth/login/mfa', { mfa_token: await challenge(person), code }))).toEqual([401, 'mfa_invalid']);
    expect(outcome(await post('/api/v1/auth/mfa/totp', { password: person.password }, session.access_token))).toEqual([409, 'mfa_already_enrolled']);
  });

  it('is replaced by a recovery code when the phone is lost, once per code', async () => {
    const { person, recovery } = await enrolled();
    expect(new Set(recovery).size).toBe(10);
    const [recovery_code] = recovery;
    expect((await post('/api/v1/auth/login/mfa', { mfa_token: await challenge(person), recovery_code })).status).toBe(200);
    expect(outcome(await post('/api/v1/auth/login/mfa', { mfa_token: await challenge(person), recovery_code }))).toEqual([401, 'mfa_invalid']);
  });

  it('is taken away only by those who have it', async () => {
    const { person, secret, recovery } = await enrolled();
    const disable = (proof: object) => post('/api/v1/auth/mfa/totp/disable', { password: person.password, ...proof }, person.access_token);
    expect((await disable({ code: '000000' })).status).toBe(401);
    expect((await post('/api/v1/auth/mfa/totp/disable', { password: 'not it 123 456', code: codeOf(secret) }, person.access_token)).status).toBe(401);
    expect((await disable({ recovery_code: recovery[1] })).status).toBe(204);
    expect((await login(person)).status).toBe(200);
  });

  it('makes the half-finished login good for nothing else', async () => {
    const { person } = await enrolled();
    const mfa_token = await challenge(person);
    expect(outcome(await post('/api/v1/auth/refresh', { refresh_token: mfa_token }))).toEqual([401, 'refresh_token_invalid']);
    expect(outcome(await post('/api/v1/auth/login/mfa', { mfa_token }))[0]).toBe(400);
    expect(outcome(await post('/api/v1/auth/login/mfa', { mfa_token: 'nonsense', code: '123456' }))).toEqual([400, 'token_invalid']);
  });
});
