import fc from 'fast-check';
import { addBusinessDays, isBusinessDay } from './business-days';
import { deadlinesOf, dueOf } from './deadlines';
import { anOrder } from './an-order';
import { depositOf, repriced, totalOf } from './price';
import { checkPolicy, usualDeadlines, usualPolicy, usualUse } from './tenant-policy';

const days = (text: string, country: string) => isBusinessDay(new Date(`${text}T10:00:00Z`), country);

describe('business days', () => {
  it('are those of the banks: TARGET in Europe, the Federal Reserve in America', () => {
    expect(['2027-03-26', '2027-03-29', '2027-05-01', '2026-12-25', '2026-12-26', '2027-01-01', '2026-11-28'].map((day) => days(day, 'DE'))).toEqual(Array.from({ length: 7 }, () => false));
    expect(['2026-11-26', '2027-01-18', '2027-05-31', '2027-07-05', '2026-07-03'].map((day) => days(day, 'US'))).toEqual([false, false, false, false, true]);
    expect([days('2026-07-04', 'US'), days('2027-07-04', 'US'), days('2021-07-05', 'US')]).toEqual([false, false, false]);
    expect([days('2026-11-26', 'DE'), days('2027-03-26', 'US')]).toEqual([true, true]);
  });

  it('are counted from the next day on, at the same time', () => {
    expect(addBusinessDays(new Date('2026-11-20T12:00:00Z'), 5, 'DE')).toEqual(new Date('2026-11-27T12:00:00Z'));
    expect(addBusinessDays(new Date('2026-12-23T09:30:00Z'), 2, 'DE')).toEqual(new Date('2026-12-28T09:30:00Z'));
    fc.assert(fc.property(fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }), fc.integer({ min: 1, max: 30 }), (from, count) => {
      const end = addBusinessDays(from, count, 'DE');
      expect(isBusinessDay(end, 'DE')).toBe(true);
      expect(end.getTime() - from.getTime()).toBeGreaterThanOrEqual(count * 86_400_000);
    }));
  });
});

describe('deadlines', () => {
  const at = (order: Parameters<typeof anOrder>[0]) => deadlinesOf(anOrder(order), usualDeadlines).map(({ kind, due }) => `${kind} ${due.toISOString()}`);

  it('of a reserved car: half an hour for a card, two days for a transfer', () => {
    expect(at({ state: 'reserved' })).toEqual(['expire 2026-11-20T12:30:00.000Z']);
    expect(at({ state: 'reserved', payingBy: 'bank_transfer' })).toEqual(['expire 2026-11-22T12:00:00.000Z']);
  });

  it('of a held deposit: a day before the hold ends, wherever the state’s own clock stands', () => {
    const deposit = { paymentId: 'p', method: 'card', state: 'authorized', captureBefore: '2026-11-24T12:00:00.000Z' } as const;
    expect(at({ state: 'deposit_held', deposit })).toEqual(['expire 2026-11-23T12:00:00.000Z']);
    expect(at({ state: 'deposit_held', deposit: { ...deposit, state: 'captured' } })).toEqual(['expire 2026-11-27T12:00:00.000Z']);
  });

  it('of a contract: five business days, a reminder, five more', () => {
    expect(at({ state: 'contracted' })).toEqual(['dun 2026-11-27T12:00:00.000Z']);
    expect(at({ state: 'contracted', progress: { dunnedAt: '2026-11-27T12:00:00.000Z' } })).toEqual(['default 2026-12-04T12:00:00.000Z']);
  });

  it('of a delivered car: when it can’t be given back any more, and not before its faults could be told', () => {
    expect(at({ state: 'delivered', progress: { deliveredAt: '2026-11-20T12:00:00.000Z' } })).toEqual(['complete 2027-12-04T23:59:59.000Z']);
    const told = { guaranteeMonths: 12, guaranteeNote: null, delivery: null, defects: [], informedAt: null, readyAt: null, readyVersion: null, withdrawalTold: true };
    expect(at({ state: 'delivered', progress: { deliveredAt: '2026-11-20T12:00:00.000Z', contract: told } })).toEqual(['complete 2026-12-04T23:59:59.000Z']);
    expect(at({ state: 'delivered', sellerKind: 'private', progress: { deliveredAt: '2026-11-20T12:00:00.000Z' } })).toEqual(['complete 2026-11-23T12:00:00.000Z']);
  });

  it('that only call somebody don’t end the state', () => {
    for (const state of ['balance_paid', 'titling', 'in_transit', 'disputed'] as const) expect([at({ state }).length, dueOf(anOrder({ state }), usualDeadlines)]).toEqual([1, null]);
    expect([at({ state: 'completed' }), at({ state: 'cancelled' })]).toEqual([[], []]);
  });

  it('are a tenant’s own, within reason', () => {
    expect(checkPolicy(usualPolicy).ok).toBe(true);
    const wrong = (more: Partial<typeof usualDeadlines>) => checkPolicy({ ...usualPolicy, deadlines: { ...usualDeadlines, ...more } }).ok;
    expect([wrong({ requested: 'PT1M' }), wrong({ requested: 'P1M' }), wrong({ titling: 'P91D' }), wrong({ balanceBusinessDays: 0 }), wrong({ requested: 'PT24H' })]).toEqual([false, false, false, false, true]);
    expect([99, 5_001, 10.5].map((depositShare) => checkPolicy({ ...usualPolicy, depositShare }).ok)).toEqual([false, false, false]);
  });

  it('and so is what is kept for use, within what the law leaves', () => {
    const checked = (more: Partial<typeof usualUse>) => checkPolicy({ ...usualPolicy, use: { ...usualUse, ...more } });
    expect([{}, { freeKm: 200 }, { fourEyesLimit: 0 }, { lifeKm: 300_000, leastKmLeft: 300_000 }].map((more) => checked(more).ok)).toEqual([true, true, true, true]);
    expect([{ freeKm: 19 }, { freeKm: 50.5 }, { lifeKm: 99_999 }, { leastKmLeft: 9_999 }, { fourEyesLimit: -1 }].map((more) => checked(more).ok)).toEqual([false, false, false, false, false]);
    expect(checked({ leastKmLeft: 250_001 })).toMatchObject({ ok: false, error: { code: 'validation_failed', errors: [{ pointer: '/use/least_km_left' }] } });
  });
});

describe('prices', () => {
  it('have a deposit to the nearest cent', () => {
    expect([depositOf(1_966_794, 1_000), depositOf(5, 1_000), depositOf(4, 1_000), depositOf(0, 1_000)]).toEqual([196_679, 1, 0, 0]);
  });

  it('stay the sum of their lines, and never hold more than they are', () => {
    const { price } = anOrder({});
    fc.assert(fc.property(fc.nat(3_000_000), (amount) => {
      const next = repriced(price, [{ code: 'price', amount }]);
      if (!next.ok) return expect(amount).toBe(price.lines[0]?.amount);
      expect(next.value.total).toBe(totalOf(next.value.lines));
      expect(next.value.deposit).toBeLessThanOrEqual(next.value.total);
    }));
    expect(repriced(price, [{ code: 'gift', amount: 1 }])).toMatchObject({ ok: false, error: { errors: [{ pointer: '/lines/0/code' }] } });
  });
});
