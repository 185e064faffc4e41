import type { Captured } from './captured';
import { shownSince } from './shown-since';

const at = new Date('2026-11-20T12:00:00.000Z');
const told = (value: string | null, locale = 'de-DE'): string | null => {
  const fields: Captured['fields'] = value === null ? {} : { listed_at: { value, from: 'api', confidence: 0.9 } };
  return shownSince({ fields, hints: { locale, currency: null, mileageUnit: null, country: null, auction: false }, capturedAt: at })?.toISOString() ?? null;
};

describe('since when a source says that a car is on offer', () => {
  it.each<[string, string, string]>([
    ['2026-11-03T08:15:00.000Z', 'de-DE', '2026-11-03T08:15:00.000Z'],
    ['2026-11-03T08:15:00+01:00', 'de-DE', '2026-11-03T07:15:00.000Z'],
    ['2026-11-03', 'de-DE', '2026-11-03T00:00:00.000Z'],
    ['03.11.2026', 'de-DE', '2026-11-03T00:00:00.000Z'],
    ['11/03/2026', 'en-US', '2026-11-03T00:00:00.000Z'],
    ['Tue, 03 Nov 2026 08:15:00 GMT', 'en-US', '2026-11-03T08:15:00.000Z'],
  ])('%s', (text, locale, expected) => {
    expect(told(text, locale)).toBe(expected);
  });

  it.each([null, '', 'yesterday', '2026-11-21T00:00:00Z', '2024-11-01', '0000-00-00', '2026-02-30', '1'])('is not known of %p', (text) => {
    expect(told(text)).toBeNull();
  });
});
