import { mayUse, spreadShare } from './budget';

const now = new Date('2026-11-20T12:00:00.000Z');

describe('a day’s budget', () => {
  const budget = { requests: 1_000, cost: 500 };
  it('is refused when it is used up, by number or by money', () => {
    expect(mayUse(budget, { used: 1_000, cost: 0 }, { requests: 1, costEach: 0 }, now)).toEqual({ allowed: false, reason: 'requests' });
    expect(mayUse(budget, { used: 0, cost: 499 }, { requests: 1, costEach: 2 }, now)).toEqual({ allowed: false, reason: 'cost' });
    expect(mayUse(budget, { used: 901, cost: 0 }, { requests: 100, costEach: 0 }, now)).toEqual({ allowed: false, reason: 'requests' });
  });

  it('is spent freely at first and slowly towards its end', () => {
    expect(mayUse(budget, { used: 100, cost: 0 }, { requests: 1, costEach: 0 }, now)).toEqual({ allowed: true, throttleMs: 0 });
    const late = mayUse(budget, { used: 900, cost: 0 }, { requests: 1, costEach: 0 }, now);
    expect(late.allowed && late.throttleMs).toBe(60_000);
    const nearMidnight = mayUse(budget, { used: 900, cost: 0 }, { requests: 1, costEach: 0 }, new Date('2026-11-20T23:59:00.000Z'));
    expect(nearMidnight.allowed && nearMidnight.throttleMs).toBe(Math.round(60_000 / 99));
  });
});

describe('what nobody waits for', () => {
  const budget = { requests: 100, costEach: 1, costPerDay: 100 };
  it('is asked a quarter of its part in an hour, so that neither a first start nor a day leaves people without', () => {
    // Of 100 its part is 75: 19 of them, then a quarter of the 56 that are left, and so on.
    const hours: number[] = [];
    for (let hour = 0; hour < 24; hour += 1) hours.push(spreadShare(budget, hours.reduce((sum, used) => sum + used, 0)));
    expect(hours.slice(0, 5)).toEqual([19, 14, 11, 8, 6]);
    expect(hours.reduce((sum, used) => sum + used, 0)).toBe(75);
    expect(spreadShare(budget, 75)).toBe(0);
    expect(spreadShare(budget, 200)).toBe(0);
  });

  it('goes by money where that ends first', () => {
    // 100 cents at 5 each are 20 requests; its part is 15
    expect(spreadShare({ ...budget, costEach: 5 }, 0)).toBe(4);
    expect(spreadShare({ requests: 100, costEach: 0, costPerDay: null }, 0)).toBe(19);
    expect(spreadShare({ requests: 1, costEach: 0, costPerDay: null }, 0)).toBe(1);
    expect(spreadShare({ requests: 0, costEach: 0, costPerDay: null }, 0)).toBe(0);
  });
});
