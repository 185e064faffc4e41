import { mayUse } from './budget';

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
