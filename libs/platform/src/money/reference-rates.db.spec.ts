import { createServer } from 'node:http';
import { Money } from '@autobroker/kernel';
import { testDatabase, type TestDatabase } from '../testing';
import { EcbRates, RatesUnreachableError } from './ecb-rates';
import { platformSchema, RateStore } from './rate-store';
import { ReferenceRates } from './reference-rates';
import { RefreshRates } from './refresh-rates';

/** A stand-in for the bank's web server: answers as it is told. */
const openBank = async () => {
  const files = new Map<string, { status: number; body: string | Buffer; waitMs?: number }>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const file = files.get(request.url ?? '');
    setTimeout(() => response.writeHead(file?.status ?? 404).end(file?.body), file?.waitMs ?? 0).unref();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/stats/`,
    asked,
    daily: (body: string | Buffer, status = 200, waitMs = 0) => files.set('/stats/eurofxref-daily.xml', { status, body, waitMs }),
    recent: (body: string) => files.set('/stats/eurofxref-hist-90d.xml', { status: 200, body }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const xml = (...days: [string, string][]): string =>
  `<gesmes:Envelope xmlns:gesmes="g"><Cube>${days.map(([day, usd]) => `<Cube time="${day}"><Cube currency="USD" rate="${usd}"/></Cube>`).join('')}</Cube></gesmes:Envelope>`;

const at = (day: string): Date => new Date(`${day}T12:00:00Z`);
const attempt = (n: number) => ({ attempt: n, attempts: 3, signal: new AbortController().signal });

describe('reference rates', () => {
  let database: TestDatabase;
  let bank: Awaited<ReturnType<typeof openBank>>;
  let store: RateStore;
  let rates: ReferenceRates;
  let refresh: RefreshRates;

  beforeEach(async () => {
    database = await testDatabase({ services: [platformSchema] });
    bank = await openBank();
    store = new RateStore(database.of('platform'));
    database.clock.set(at('2026-11-18'));
    rates = new ReferenceRates(store, database.clock, { maxAgeDays: 10, allowBuiltin: true });
    refresh = new RefreshRates(new EcbRates(bank.url, 500), store, rates, database.clock);
  });
  afterEach(async () => {
    rates.stop();
    await bank.close();
    await database.close();
  });

  const usd = (day: string) => {
    const converted = rates.convert(Money.of(10_000, 'EUR'), 'USD', at(day));
    return converted.ok ? `${converted.value.money.amount} ${converted.value.source} ${converted.value.day}` : converted.error.code;
  };

  it('serve from the first moment, before anything was fetched', async () => {
    expect(usd('2026-11-18')).toBe('11600 builtin 2026-11-16');
    await rates.start();
    expect(usd('2026-11-18')).toBe('11600 builtin 2026-11-16');
    expect(rates.latestDay).toBeNull();
    expect([rates.supports('USD'), rates.supports('EUR'), rates.supports('XAF')]).toEqual([true, true, false]);
  });

  it('are fetched for ninety days at first and then day by day, and survive a restart', async () => {
    bank.recent(xml(['2026-11-16', '1.1'], ['2026-11-17', '1.2']));
    expect(await refresh.run({}, attempt(1))).toEqual({ saved: 2 });
    expect([usd('2026-11-16'), usd('2026-11-18')]).toEqual(['11000 ecb 2026-11-16', '12000 ecb 2026-11-17']);
    bank.daily(xml(['2026-11-18', '1.3']));
    expect(await refresh.run({}, attempt(1))).toEqual({ saved: 1 });
    expect(await refresh.run({}, attempt(1))).toEqual({ saved: 0 });
    expect(bank.asked).toEqual(['/stats/eurofxref-hist-90d.xml', '/stats/eurofxref-daily.xml', '/stats/eurofxref-daily.xml']);
    const restarted = new ReferenceRates(store, database.clock, { maxAgeDays: 10, allowBuiltin: false });
    await restarted.start();
    restarted.stop();
    expect(restarted.convert(Money.of(1, 'USD'), 'USD').ok).toBe(true);
    expect(restarted.latestDay).toBe('2026-11-18');
    const converted = restarted.convert(Money.of(10_000, 'EUR'), 'USD');
    expect(converted).toMatchObject({ ok: true, value: { money: Money.of(13_000, 'USD'), source: 'ecb' } });
  });

  it('fill a gap that is longer than a holiday', async () => {
    await store.save([], 'ecb');
    bank.recent(xml(['2026-11-10', '1.1']));
    await refresh.run({}, attempt(1));
    await refresh.run({}, attempt(1));
    expect(bank.asked).toEqual(['/stats/eurofxref-hist-90d.xml', '/stats/eurofxref-hist-90d.xml']);
  });

  it('take the bank’s correction of a day', async () => {
    bank.recent(xml(['2026-11-17', '1.2']));
    await refresh.run({}, attempt(1));
    bank.daily(xml(['2026-11-17', '1.25']));
    expect(await refresh.run({}, attempt(1))).toEqual({ saved: 1 });
    expect(usd('2026-11-17')).toBe('12500 ecb 2026-11-17');
  });

  it('stay as they are when the bank sends nonsense', async () => {
    bank.recent(xml(['2026-11-17', '1.2']));
    await refresh.run({}, attempt(1));
    bank.daily('<html>maintenance</html>');
    await expect(refresh.run({}, attempt(3))).rejects.toThrow('the root is html');
    bank.daily(Buffer.from([0xff, 0xfe, 0x3c]));
    await expect(refresh.run({}, attempt(1))).rejects.toThrow(RatesUnreachableError);
    expect(usd('2026-11-18')).toBe('12000 ecb 2026-11-17');
  });

  it('are tried again when the bank is away or silent, and in the end are no failure', async () => {
    bank.recent(xml(['2026-11-17', '1.2']));
    await refresh.run({}, attempt(1));
    for (const [status, waitMs] of [[503, 0], [200, 2_000]] as const) {
      bank.daily(xml(['2026-11-18', '1.3']), status, waitMs);
      await expect(refresh.run({}, attempt(1))).rejects.toThrow(RatesUnreachableError);
      expect(await refresh.run({}, attempt(3))).toEqual({ skipped: 'unreachable' });
    }
    expect(usd('2026-11-18')).toBe('12000 ecb 2026-11-17');
  });

  it('keep serving when the database is away', async () => {
    bank.recent(xml(['2026-11-17', '1.2']));
    await refresh.run({}, attempt(1));
    const broken = new ReferenceRates(new RateStore({ query: () => Promise.reject(new Error('away')) }), database.clock, { maxAgeDays: 10, allowBuiltin: true });
    await expect(broken.start()).resolves.toBeUndefined();
    broken.stop();
    expect(broken.convert(Money.of(100, 'USD'), 'EUR').ok).toBe(true);
  });
});
