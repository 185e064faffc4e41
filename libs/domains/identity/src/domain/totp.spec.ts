import { acceptStep, formatRecoveryCode, normaliseRecoveryCode, stepAt } from './totp';

const now = new Date('2026-11-20T12:00:15Z');
const step = stepAt(now);

describe('one-time codes', () => {
  it('the step changes every thirty seconds', () => {
    expect(stepAt(new Date('2026-11-20T12:00:29.999Z'))).toBe(step);
    expect(stepAt(new Date('2026-11-20T12:00:30Z'))).toBe(step + 1);
  });

  it('a clock may be one step off either way', () => {
    expect(acceptStep(step - 1, null, now)).toBe(true);
    expect(acceptStep(step, null, now)).toBe(true);
    expect(acceptStep(step + 1, null, now)).toBe(true);
    expect(acceptStep(step - 2, null, now)).toBe(false);
    expect(acceptStep(step + 2, null, now)).toBe(false);
    expect(acceptStep(null, null, now)).toBe(false);
  });

  it('a code, and any older one, is refused once it has been used', () => {
    expect(acceptStep(step, step, now)).toBe(false);
    expect(acceptStep(step - 1, step, now)).toBe(false);
    expect(acceptStep(step + 1, step, now)).toBe(true);
  });

  it('recovery codes are readable and forgive what a reader mixes up', () => {
    const code = formatRecoveryCode(Uint8Array.from([0, 1, 10, 31, 32, 200, 255, 17, 18, 19]));
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(code).toBe('01AZ0-8ZHJK');
    expect(normaliseRecoveryCode(' oiaz0 8zhjk ')).toBe('01AZ08ZHJK');
  });
});
