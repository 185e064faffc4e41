import { testDatabase, type TestDatabase } from '../../testing';
import { maintainMonths, partitionedByMonth, platformTables, type Database, type ServiceSchema } from '..';

const prices: ServiceSchema = {
  name: 'prices',
  entities: [],
  migrations: [
    ...platformTables('prices'),
    {
      id: '0001-history',
      up: `create table prices.history (id bigint generated always as identity, at timestamptz not null, amount bigint not null check (amount >= 0), primary key (id, at)) partition by range (at);
           create index history_at on prices.history (at);
           ${partitionedByMonth('prices.history', { ahead: 2, keepMonths: 6 })}`,
    },
  ],
};

let test: TestDatabase;
let db: Database;
beforeEach(async () => {
  test = await testDatabase({ services: [prices] });
  db = test.of('prices');
});
afterEach(() => test?.close());

const put = (at: string): Promise<unknown> => db.query('insert into prices.history (at, amount) values ($1, 1)', [at]);
const homeOf = async (at: string): Promise<string | undefined> =>
  (
    await db.query<{ home: string }>(`select tableoid::regclass::text as home from prices.history where at = $1`, [at])
  )[0]?.home;
const historyOnly = (names: string[]): string[] => names.filter((name) => name.startsWith('history'));
const maintain = (now: string): ReturnType<typeof maintainMonths> => maintainMonths(db, new Date(now));

describe('tables kept in months', () => {
  it('puts the last and the first instant of months where they belong, in a leap year and at the year’s end', async () => {
    await maintain('2027-12-15T00:00:00Z');
    await maintain('2028-02-10T00:00:00Z');
    const instants: [string, string][] = [
      ['2027-12-31T23:59:59.999Z', 'prices.history_y2027m12'],
      ['2028-01-01T00:00:00.000Z', 'prices.history_y2028m01'],
      ['2028-02-29T23:59:59.999Z', 'prices.history_y2028m02'],
      ['2028-03-01T00:00:00.000Z', 'prices.history_y2028m03'],
      ['2028-02-29T23:30:00.000-02:00', 'prices.history_y2028m03'],
    ];
    for (const [at, home] of instants) {
      await put(at);
      expect([at, await homeOf(at)]).toEqual([at, home]);
    }
  });

  it('counts months from the last day of a long one', async () => {
    const { made } = await maintain('2029-01-31T23:59:59Z');
    expect(historyOnly(made)).toEqual(['history_y2029m01', 'history_y2029m02', 'history_y2029m03']);
    expect(historyOnly((await maintain('2029-01-31T23:59:59Z')).made)).toEqual([]);
    expect(historyOnly((await maintain('2029-02-01T00:00:00Z')).made)).toEqual(['history_y2029m04']);
  });

  it('loses no row of a month that nobody made: it waits in the default partition and moves home later', async () => {
    const at = '2031-05-31T23:59:59.999Z';
    await put(at);
    expect(await homeOf(at)).toBe('prices.history_default');
    await maintain('2031-04-02T00:00:00Z');
    expect(await homeOf(at)).toBe('prices.history_y2031m05');
    const indexes = await db.query(
      `select indexname from pg_indexes where schemaname = 'prices' and tablename = 'history_y2031m05'`,
    );
    expect(indexes).toHaveLength(2);
    await expect(db.query('insert into prices.history (at, amount) values ($1, -1)', [at])).rejects.toThrow('check');
  });

  it('drops a month when its last row is older than the table keeps, and not before', async () => {
    await maintain('2027-01-20T00:00:00Z');
    await put('2027-01-31T23:59:59Z');
    expect(historyOnly((await maintain('2027-07-31T23:59:59Z')).dropped)).not.toContain('history_y2027m01');
    const { dropped } = await maintain('2027-08-01T00:00:00Z');
    expect(historyOnly(dropped)).toContain('history_y2027m01');
    expect(historyOnly(dropped)).not.toContain('history_y2027m02');
    expect(await homeOf('2027-01-31T23:59:59Z')).toBeUndefined();
  });

  it('keeps the audit log, for good', async () => {
    const { made, dropped } = await maintain('2040-02-01T00:00:00Z');
    expect(made).toContain('audit_log_y2040m02');
    expect(dropped.filter((name) => name.startsWith('audit_log'))).toEqual([]);
  });

  it('lets processes that come at the same moment make each month once', async () => {
    const reports = await Promise.all(Array.from({ length: 6 }, () => maintain('2035-06-15T00:00:00Z')));
    expect(historyOnly(reports.flatMap(({ made }) => made)).sort()).toEqual([
      'history_y2035m06',
      'history_y2035m07',
      'history_y2035m08',
    ]);
  });

  it('refuses tables that were not declared', async () => {
    await expect(db.query(`select prices.create_month('person_key', '2027-01-01')`)).rejects.toThrow(
      'not kept in months',
    );
    expect(() => partitionedByMonth('prices.history; drop table x')).toThrow('is not');
  });
});
