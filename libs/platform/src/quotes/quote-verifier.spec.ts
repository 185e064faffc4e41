import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { quoteAudience, quoteLifetimeS, quoteType, type QuoteClaims } from '@autobroker/contracts';
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
  asked_price: 1_899_000,
  capacity: 'buyer_agent',
  seller_kind: 'private',
  buyer_kind: 'private',
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
const signed = (content: object, by = key): string => signJwt(content, by, quoteType);
const good = signed(claims);
/** Signed as it is written. */
const signedText = (header: string, content: string): string => {
  const text = [header, content].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${text}.${sign(null, Buffer.from(text), key.privateKey).toString('base64url')}`;
};
const headText = JSON.stringify({ alg: 'EdDSA', typ: quoteType, kid: key.kid });
const [head = '', payload = '', signature = ''] = good.split('.');

/** The oldest trick: the public key taken for a shared secret. */
function macUnderPublicKey(): string {
  const text = `${encode({ alg: 'HS256', typ: quoteType, kid: key.kid })}.${payload}`;
  return `${text}.${createHmac('sha256', JSON.stringify(key.jwk)).update(text).digest('base64url')}`;
}

describe('a quote', () => {
  it('is good with the public key alone, which is fetched once', async () => {
    const { verifier: checks, fetched } = verifier();
    expect(await checks.verify(good, { ...expected, vehicleId: vehicle })).toEqual({ ok: true, value: claims });
    expect((await checks.verify(good, expected)).ok).toBe(true);
    expect(fetched()).toBe(1);
  });

  it('is good however it was put together, if it is the same text', async () => {
    expect(await codeOf(signedText(headText, JSON.stringify(claims)))).toBe('ok');
  });

  it('is refused when one cent of it is another', async () => {
    const cheaper = { ...claims, total: claims.total - 1, lines: claims.lines.map((line, at) => (at === 0 ? { ...line, amount: line.amount - 1 } : line)) };
    expect(await codeOf(`${head}.${encode(cheaper)}.${signature}`)).toBe('quote_invalid');
    // Signed, but not the sum of its lines.
    expect(await codeOf(signed({ ...claims, total: claims.total - 1 }))).toBe('quote_invalid');
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
    ['no signature at all', `${encode({ alg: 'none', typ: quoteType, kid: key.kid })}.${payload}.`],
    ['no algorithm', `${encode({ alg: 'none', typ: quoteType, kid: key.kid })}.${payload}.${signature}`],
    ['another algorithm', `${encode({ alg: 'HS256', typ: quoteType, kid: key.kid })}.${payload}.${signature}`],
    ['no key id', `${encode({ alg: 'EdDSA', typ: quoteType })}.${payload}.${signature}`],
    ['an extension that must be understood', `${encode({ alg: 'EdDSA', typ: quoteType, kid: key.kid, crit: ['exp'] })}.${payload}.${signature}`],
    ['an unknown key', signed(claims, testSigningKey('quotes-9'))],
    ['another’s key under a known id', signed(claims, stranger)],
    ['a MAC under the public key', macUnderPublicKey()],
    ['another type', signJwt(claims, key)],
    ['no type', signedText(JSON.stringify({ alg: 'EdDSA', kid: key.kid }), JSON.stringify(claims))],
    ['another algorithm’s name over a right signature', signedText(headText.replace('EdDSA', 'HS256'), JSON.stringify(claims))],
    ['no algorithm’s name over a right signature', signedText(headText.replace('EdDSA', 'none'), JSON.stringify(claims))],
    ['a total that is told twice', signedText(headText, JSON.stringify(claims).replace('"total":', '"total":1,"total":'))],
    ['an algorithm that is told twice', signedText(headText.replace('{', '{"alg":"none",'), JSON.stringify(claims))],
    ['spaces between its members', signedText(headText, JSON.stringify(claims, null, 1))],
    ['its end cut off', good.slice(0, -20)],
    ['its signature cut off', `${head}.${payload}.`],
    ['two parts', `${head}.${payload}`],
    ['four parts', `${good}.${signature}`],
    ['a million characters', 'A'.repeat(1_000_000)],
    ['a total beyond what numbers count', signed({ ...claims, lines: [{ code: 'price', amount: 2 ** 53, payee: 'seller', rule: null }], total: 2 ** 53 })],
    ['half a cent', signed({ ...claims, lines: [{ code: 'price', amount: 0.5, payee: 'seller', rule: null }], total: 0.5 })],
    ['nothing', ''],
    ['far too much', `${head}.${'A'.repeat(70_000)}.${signature}`],
    ['an access token’s audience', signed({ ...claims, aud: 'autobroker' })],
    ['another issuer', signed({ ...claims, iss: 'elsewhere' })],
    ['a line below zero', signed({ ...claims, lines: [...claims.lines, { code: 'gift', amount: -1, payee: 'broker', rule: null }], total: claims.total - 1 })],
    ['a claim that nobody knows', signed({ ...claims, discount: 100 })],
    ['one who can’t wait', signed({ ...claims, nbf: iat + 31 })],
    ['a quote of tomorrow', signed({ ...claims, iat: iat + 86_400, nbf: iat + 86_400 })],
  ])('is refused with %s', async (_what, token) => {
    expect(await codeOf(token)).toBe('quote_invalid');
  });

  it('is refused of another buyer, tenant, vehicle or currency', async () => {
    expect(await codeOf(good, { buyerId: uuidv7() })).toBe('quote_not_yours');
    expect(await codeOf(good, { tenantId: uuidv7() })).toBe('quote_not_yours');
    expect(await codeOf(good, { currency: 'USD' })).toBe('currency_mismatch');
    expect(await codeOf(good, { currency: 'EUR', vehicleId: vehicle })).toBe('ok');
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
    const text = `${encode({ alg: 'EdDSA', typ: quoteType, kid: 'rsa-1' })}.${payload}`;
    const token = `${text}.${sign('sha256', Buffer.from(text), rsa.privateKey).toString('base64url')}`;
    const { verifier: checks } = verifier(() => Promise.resolve([{ ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa-1', use: 'sig' }, key.jwk] as (typeof key.jwk)[]));
    expect(await checks.verify(token, expected)).toMatchObject({ ok: false, error: { code: 'quote_invalid' } });
  });

  it('of a replaced key is good while the key is shown, and no longer', async () => {
    const next = testSigningKey('quotes-2');
    let shown = [key.jwk];
    let now = 0;
    const keys = new KeyRing({ keys: () => Promise.resolve(shown) }, { now: () => now, maxAgeMs: 60_000 });
    const checks = new QuoteVerifier(keys, { issuer: 'autobroker', clock: new ManualClock(new Date(iat * 1_000)) });
    const codes = async () => Promise.all([good, signed(claims, next)].map(async (token) => checks.verify(token, expected).then((result) => (result.ok ? 'ok' : result.error.code))));
    expect(await codes()).toEqual(['ok', 'quote_invalid']);
    shown = [next.jwk, key.jwk];
    now += 61_000;
    await keys.refresh();
    expect(await codes()).toEqual(['ok', 'ok']);
    shown = [next.jwk];
    now += 61_000;
    await keys.refresh();
    expect(await codes()).toEqual(['quote_invalid', 'ok']);
  });

  it('is checked while the pricing service is away, and made-up keys do not become a flood of questions', async () => {
    let away = false;
    const { verifier: checks, fetched } = verifier(() => (away ? Promise.reject(new Error('away')) : Promise.resolve([key.jwk])));
    expect((await checks.verify(good, expected)).ok).toBe(true);
    away = true;
    for (let n = 0; n < 100; n += 1) expect(await checks.verify(signed(claims, testSigningKey(`made-up-${n}`)), expected)).toMatchObject({ ok: false, error: { code: 'quote_invalid' } });
    expect(fetched()).toBeLessThanOrEqual(10);
    expect((await checks.verify(good, expected)).ok).toBe(true);
  });
});
