import fc from 'fast-check';
import { Duration, ManualClock, SystemClock } from './index';

describe('ManualClock', () => {
  it('stands still until it is moved', () => {
    const clock = new ManualClock('2026-03-01T00:00:00Z');
    const first = clock.now();
    expect(clock.now()).toEqual(first);
    expect(clock.advance(1_500)).toEqual(new Date('2026-03-01T00:00:01.500Z'));
    clock.set(new Date('2020-01-01T00:00:00Z'));
    expect(clock.now()).toEqual(new Date('2020-01-01T00:00:00Z'));
  });

  it('hands out dates that nobody can turn it back with', () => {
    const clock = new ManualClock('2026-03-01T00:00:00Z');
    clock.now().setUTCFullYear(1999);
    expect(clock.now().getUTCFullYear()).toBe(2026);
  });

  it('refuses what is no moment', () => {
    expect(() => new ManualClock('yesterday')).toThrow(RangeError);
    expect(() => new ManualClock().advance(Number.NaN)).toThrow(RangeError);
  });
});

describe('SystemClock', () => {
  it('follows the machine, moved by its shift', () => {
    const clock = new SystemClock();
    clock.shift(60_000);
    clock.shift(60_000);
    const gap = clock.now().getTime() - Date.now();
    expect(gap).toBeGreaterThan(119_000);
    expect(gap).toBeLessThan(121_000);
    expect(clock.offsetMs).toBe(120_000);
  });
});

describe('Duration', () => {
  it.each([
    ['PT15M', 900_000],
    ['P1D', 86_400_000],
    ['P2W', 14 * 86_400_000],
    ['P1DT2H3M4.5S', 86_400_000 + 7_200_000 + 180_000 + 4_500],
    ['PT0S', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(Duration.parse(text).ms).toBe(ms);
  });

  it.each(['', 'P', 'PT', '15M', 'P1', 'P-1D', 'PT1.5H', 'P1M2Y', 'p1d', 'P1D ', 'P99999999999999999999Y'])('refuses %j', (text) => {
    expect(Duration.tryParse(text)).toMatchObject({ ok: false, error: { code: 'invalid_duration' } });
    expect(() => Duration.parse(text)).toThrow(RangeError);
  });

  it('stops at the last day of a shorter month', () => {
    expect(Duration.parse('P1M').addTo(new Date('2027-01-31T10:00:00Z'))).toEqual(new Date('2027-02-28T10:00:00Z'));
    expect(Duration.parse('P1M').addTo(new Date('2028-01-31T10:00:00Z'))).toEqual(new Date('2028-02-29T10:00:00Z'));
    expect(Duration.parse('P1Y').addTo(new Date('2028-02-29T10:00:00Z'))).toEqual(new Date('2029-02-28T10:00:00Z'));
    expect(Duration.parse('P2M').subtractFrom(new Date('2026-01-15T10:00:00Z'))).toEqual(new Date('2025-11-15T10:00:00Z'));
  });

  it('leaves the date it is added to alone', () => {
    const start = new Date('2026-01-31T00:00:00Z');
    Duration.parse('P1M').addTo(start);
    expect(start).toEqual(new Date('2026-01-31T00:00:00Z'));
  });

  it('has passed exactly at its end, not a millisecond earlier', () => {
    const since = new Date('2026-01-01T00:00:00Z');
    const fourteenDays = Duration.of({ days: 14 });
    expect(fourteenDays.hasPassed(since, new Date('2026-01-14T23:59:59.999Z'))).toBe(false);
    expect(fourteenDays.hasPassed(since, new Date('2026-01-15T00:00:00.000Z'))).toBe(true);
  });

  it('gives months no length in milliseconds', () => {
    expect(() => Duration.parse('P1M').ms).toThrow(RangeError);
  });

  it('writes what it reads', () => {
    const parts = fc.record({
      years: fc.nat(50), months: fc.nat(30), weeks: fc.nat(9), days: fc.nat(60), hours: fc.nat(50), minutes: fc.nat(90), seconds: fc.nat(100),
    });
    fc.assert(fc.property(parts, (value) => {
      const duration = Duration.of(value);
      expect(Duration.parse(duration.toString()).equals(duration)).toBe(true);
    }));
  });

  it('takes back what it added, when no month is involved', () => {
    fc.assert(fc.property(fc.nat(10 ** 11), fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (ms, date) => {
      const duration = Duration.ofMs(ms);
      expect(duration.subtractFrom(duration.addTo(date))).toEqual(date);
      expect(Duration.between(date, duration.addTo(date)).equals(duration)).toBe(true);
    }));
  });
});
