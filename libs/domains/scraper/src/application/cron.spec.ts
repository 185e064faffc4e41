import { checkCron, nextRun } from './cron';

const next = (cron: string, after: string): string => nextRun(cron, new Date(after)).toISOString();

it.each([
  ['0 */6 * * *', '2026-11-20T05:59:59.999Z', '2026-11-20T06:00:00.000Z'],
  ['0 */6 * * *', '2026-11-20T06:00:00.000Z', '2026-11-20T12:00:00.000Z'],
  ['0 2 * * *', '2026-12-31T02:00:00.000Z', '2027-01-01T02:00:00.000Z'],
  ['0 0 29 2 *', '2026-03-01T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
  ['0 12 * * MON', '2026-11-20T00:00:00.000Z', '2026-11-23T12:00:00.000Z'],
])('%s after %s is %s', (cron, after, expected) => expect(next(cron, after)).toBe(expected));

it('no hour is lost or doubled when Europe or America change their clocks', () => {
  for (const day of ['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01']) {
    const times: string[] = [];
    for (let at = new Date(`${day}T00:00:00.000Z`), turn = 0; turn < 24; turn += 1) times.push((at = nextRun('30 * * * *', at)).toISOString());
    expect(times).toEqual(Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, '0')}:30:00.000Z`));
  }
});

it.each(['', '* * * *', '* * * * * *', '61 * * * *', 'every day', '@daily', '0 0 31 2 *'])('%j is no schedule', (cron) => expect(checkCron(cron).ok).toBe(false));
it('spaces do not matter', () => expect(checkCron('  0  */6 * * * ')).toEqual({ ok: true, value: '0 */6 * * *' }));
