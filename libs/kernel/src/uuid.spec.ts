import fc from 'fast-check';
import { isUuid, isUuidv7, timeOfUuid, uuidv7, uuidv7Floor } from './index';

const time = fc.date({ min: new Date(0), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true });

describe('uuidv7', () => {
  it('has the version and the variant of RFC 9562, and carries its time', () => {
    fc.assert(fc.property(time, (now) => {
      const id = uuidv7(now);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(timeOfUuid(id)).toEqual(now);
    }));
  });

  it('reads the time of the example in RFC 9562', () => {
    expect(timeOfUuid('017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).toEqual(new Date('2022-02-22T19:22:22.000Z'));
  });

  it('ascends within a millisecond, and never repeats', () => {
    const now = new Date('2026-11-20T12:00:00.123Z');
    const ids = Array.from({ length: 50_000 }, () => uuidv7(now));
    expect(ids.every((id, index) => index === 0 || (ids[index - 1] ?? '') < id)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(timeOfUuid(ids.at(-1) ?? '')).toEqual(now);
  });

  it('ascends with the machine’s clock, even while that stands or steps back', () => {
    const clock = jest.spyOn(Date, 'now');
    try {
      const base = Date.parse('2030-01-01T00:00:00Z');
      const ids = [base, base, base - 5_000, base - 1, base + 1].map((ms) => {
        clock.mockReturnValue(ms);
        return uuidv7();
      });
      expect([...ids].sort()).toEqual(ids);
      expect(timeOfUuid(ids[2] ?? '')).toEqual(new Date(base));
    } finally {
      clock.mockRestore();
    }
  });

  it('keeps the time it was given when that lies before an earlier one', () => {
    uuidv7(new Date('2029-01-01T00:00:00Z'));
    expect(timeOfUuid(uuidv7(new Date('2001-01-01T00:00:00Z')))).toEqual(new Date('2001-01-01T00:00:00Z'));
  });

  it('can’t be guessed from its neighbour', () => {
    const tails = Array.from({ length: 1_000 }, () => uuidv7(new Date(5)).slice(-8));
    expect(new Set(tails).size).toBeGreaterThan(990);
  });

  it('refuses a time that does not fit', () => {
    expect(() => uuidv7(new Date(-1))).toThrow(RangeError);
    expect(() => uuidv7(new Date(Number.NaN))).toThrow(RangeError);
  });

  it('has a floor that sorts before every id of that moment and after those of the moment before', () => {
    fc.assert(fc.property(time.filter((date) => date.getTime() > 0), (now) => {
      expect(uuidv7Floor(now) <= uuidv7(now)).toBe(true);
      expect(uuidv7Floor(now) > uuidv7(new Date(now.getTime() - 1))).toBe(true);
      expect(isUuidv7(uuidv7Floor(now))).toBe(true);
    }));
  });
});

describe('isUuid', () => {
  it.each(['f47ac10b-58cc-4372-a567-0e02b2c3d479', 'F47AC10B-58CC-4372-A567-0E02B2C3D479'])('takes %s, which is no v7', (text) => {
    expect(isUuid(text)).toBe(true);
    expect(isUuidv7(text)).toBe(false);
    expect(timeOfUuid(text)).toBeUndefined();
  });

  it.each(['', 'f47ac10b58cc4372a5670e02b2c3d479', '{f47ac10b-58cc-4372-a567-0e02b2c3d479}', 'f47ac10b-58cc-4372-a567-0e02b2c3d479\n', 'g47ac10b-58cc-4372-a567-0e02b2c3d479'])(
    'refuses %j',
    (text) => {
      expect(isUuid(text)).toBe(false);
    },
  );

  it('refuses what is no text', () => {
    expect([isUuid(undefined), isUuid(7), isUuidv7(null)]).toEqual([false, false, false]);
  });
});
