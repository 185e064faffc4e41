import { generateKeyPairSync, sign } from 'node:crypto';
import { quoteAudience, quoteLifetimeS, type QuoteClaims } from '@autobroker/contracts';
import { ManualClock, uuidv7 } from '@autobroker/kernel';
import { KeyRing, signJwt, testSigningKey } from '../auth';
import { QuoteVerifier } from './quote-verifier';

const [buyer, tenant, vehicle] = [uuidv7(), uuidv7(), uuidv7()];
const now = new Date('2026-11-27T12:00:00Z');
const iat = now.getTime() / 1_000;
const claims: QuoteClaims = {
  iss: 'autobroker',
  aud: quoteAudience,
  jti: uuidv7(),
  sub: buyer,
  tid: tenant,
  iat,
  nbf: iat,
  exp: iat + quoteLifetimeS,
  vehicle_id: vehicle,
  listing_id: null,
  price_version: 3,
  capacity: 'buyer_agent',
  currency: 'EUR',
  destination: { country: 'DE', region: null },
  lines: [
    { code: 'price', amount: 1_899_000, payee: 'seller', rule: null },
    { code: 'broker_fee', amount: 56_970, payee: 'broker', rule: 'broker-fee@2026-01-01#00000000' },
  ],
  open: [{ code: 'registration_fee', least: null, most: null, rule: null }],
  rules: ['broker-fee@2026-01-01#00000000'],
  total: 1_955_970,
};

const key = testSigningKey('quotes-1');
const stranger = testSigningKey('quotes-1');
const expected = { tenantId: tenant, buyerId: buyer };

function verifier(source = () => Promise.resolve([key.jwk])) {
  const clock = new ManualClock(now);
  let fetched = 0;
  const keys = new KeyRing({ keys: () => ((fetched += 1), source()) });
  return { clock, verifier: new QuoteVerifier(keys, { issuer: 'autobroker', clock }), fetched: () => fetched };
}
const codeOf = async (token: string, more: Partial<Parameters<QuoteVerifier['verify']>[1]> = {}): Promise<string> => {
  const result = await verifier().verifier.verify(token, { ...expected, ...more });
  return result.ok ? 'ok' : result.error.code;
};
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const good = signJwt(claims, key);
const [head = '', payload = '', signature = ''] = good.split('.');

describe('a quote', () => {
  it('is good with the public key alone, which is fetched once', async () => {
    const { verifier: checks, fetched } = verifier();
    expect(await checks.verify(good, { ...expected, vehicleId: vehicle })).toEqual({ ok: true, value: claims });
    expect((await checks.verify(good, expected)).ok).toBe(true);
    expect(fetched()).toBe(1);
  });

  it('is refused when one cent of it is another', async () => {
    const cheaper = { ...claims, total: claims.total - 1, lines: claims.lines.map((line, at) => (at === 0 ? { ...line, amount: line.amount - 1 } : line)) };
    expect(await codeOf(`${head}.${encode(cheaper)}.${signature}`)).toBe('quote_invalid');
    // Signed, but not the sum of its lines.
    expect(await codeOf(signJwt({ ...claims, total: claims.total - 1 }, key))).toBe('quote_invalid');
  });

  it('is refused at each other bit that is turned over', async () => {
    for (const at of [3, head.length + 5, head.length + payload.length - 2, good.length - 10, good.length - 1]) {
      const turned = good[at] === 'A' ? 'B' : 'A';
      expect(await codeOf(`${good.slice(0, at)}${turned}${good.slice(at + 1)}`)).toBe('quote_invalid');
    }
  });

  it('is one spelling of itself: bits that mean nothing are not ignored', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(good.at(-1) ?? '');
    const twin = `${good.slice(0, -1)}${alphabet[last ^ 1]}`;
    expect(Buffer.from(twin.split('.')[2] ?? '', 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
    expect(await codeOf(twin)).toBe('quote_invalid');
  });

  it.each<[string, string]>([
    ['no signature at all', `${encode({ alg: 'none', kid: key.kid })}.${payload}.`],
    ['no algorithm', `${encode({ alg: 'none', kid: key.kid })}.${payload}.${signature}`],
    ['another algorithm', `${encode({ alg: 'HS256', kid: key.kid })}.${payload}.${signature}`],
    ['no key id', `${encode({ alg: 'EdDSA' })}.${payload}.${signature}`],
    ['an extension that must be understood', `${encode({ alg: 'EdDSA', kid: key.kid, crit: ['exp'] })}.${payload}.${signature}`],
    ['an unknown key', signJwt(claims, testSigningKey('quotes-9'))],
    ['another’s key under a known id', signJwt(claims, stranger)],
    ['nothing', ''],
    ['far too much', `${head}.${'A'.repeat(70_000)}.${signature}`],
    ['an access token’s audience', signJwt({ ...claims, aud: 'autobroker' }, key)],
    ['another issuer', signJwt({ ...claims, iss: 'elsewhere' }, key)],
    ['a line below zero', signJwt({ ...claims, lines: [...claims.lines, { code: 'gift', amount: -1, payee: 'broker', rule: null }], total: claims.total - 1 }, key)],
    ['a claim that nobody knows', signJwt({ ...claims, discount: 100 }, key)],
    ['one who can’t wait', signJwt({ ...claims, nbf: iat + 31 }, key)],
    ['a quote of tomorrow', signJwt({ ...claims, iat: iat + 86_400, nbf: iat + 86_400 }, key)],
  ])('is refused with %s', async (_what, token) => {
    expect(await codeOf(token)).toBe('quote_invalid');
  });

  it('is refused of another buyer, tenant or vehicle', async () => {
    expect(await codeOf(good, { buyerId: uuidv7() })).toBe('quote_invalid');
    expect(await codeOf(good, { tenantId: uuidv7() })).toBe('quote_invalid');
    expect(await codeOf(good, { vehicleId: uuidv7() })).toBe('quote_invalid');
  });

  it('runs out after 72 hours, to the second', async () => {
    const { verifier: checks, clock } = verifier();
    clock.advance((quoteLifetimeS - 1) * 1_000);
    expect((await checks.verify(good, expected)).ok).toBe(true);
    clock.advance(1_000);
    expect(await checks.verify(good, expected)).toMatchObject({ ok: false, error: { code: 'quote_expired' } });
  });

  it('can’t be judged while nobody has the keys, and can again when somebody has', async () => {
    let away = true;
    const { verifier: checks } = verifier(() => (away ? Promise.reject(new Error('away')) : Promise.resolve([key.jwk])));
    expect(await checks.verify(good, expected)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    away = false;
    expect((await checks.verify(good, expected)).ok).toBe(true);
  });

  it('takes no key of another kind from the set', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const signed = `${encode({ alg: 'EdDSA', kid: 'rsa-1' })}.${payload}`;
    const token = `${signed}.${sign('sha256', Buffer.from(signed), rsa.privateKey).toString('base64url')}`;
    const { verifier: checks } = verifier(() => Promise.resolve([{ ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa-1', use: 'sig' }, key.jwk] as (typeof key.jwk)[]));
    expect(await checks.verify(token, expected)).toMatchObject({ ok: false, error: { code: 'quote_invalid' } });
  });
});
