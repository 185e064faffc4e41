import { dayIn, usualTimeZone } from './day';

it.each([
  ['2025-12-31T23:30:00.000Z', 'UTC', '2025-12-31'],
  ['2025-12-31T23:30:00.000Z', usualTimeZone, '2026-01-01'],
  ['2026-01-01T03:00:00.000Z', 'America/New_York', '2025-12-31'],
])('%s is in %s on %s', (at, timeZone, day) => {
  expect([dayIn(at, timeZone), dayIn(new Date(at), timeZone)]).toEqual([day, day]);
});
