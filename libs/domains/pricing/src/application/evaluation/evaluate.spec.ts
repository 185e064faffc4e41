import { gzipSync } from 'node:zlib';
import { random, shuffled } from '@autobroker/gbt';
import { CsvError, readCsv } from '../../infrastructure/evaluation/read-csv';
import { numberIn, planColumns, type RawTable } from './columns';
import { evaluate, holdOut, scoresOf } from './evaluate';

/** Prices by a rule: known of the make, the year and the mileage; the rest is noise of a known width. */
function market(rows: number, seed: number): RawTable {
  const next = random(seed);
  const makes = ['Audi', 'Fiat', 'Skoda', 'Škoda'];
  return {
    names: ['id', 'make', 'model', 'year', 'km', 'damage', 'seen', 'always', 'price'],
    rows: Array.from({ length: rows }, (_, index) => {
      const make = Math.floor(next() * makes.length);
      const year = 2010 + Math.floor(next() * 14);
      const km = Math.floor(next() * 200_000);
      const damage = [next() < 0.2 ? 'Front End' : '', next() < 0.2 ? 'Hail' : ''].filter((word) => word !== '').join(', ');
      const log = 9 + make * 0.3 + (year - 2010) * 0.08 - km / 400_000 - (damage.includes('Front') ? 0.5 : 0) + (next() + next() + next() - 1.5) * 0.2;
      return [String(index + 1), makes[make] ?? '', `M${make}${index % 3}`, String(year), km % 7 === 0 ? 'N/A' : String(km), damage, `2024-0${1 + (index % 9)}-11`, 'x', Math.exp(log).toFixed(0)];
    }),
  };
}

const request = { target: 'price', map: { make: 'make', model: 'model', year: 'year', mileage: 'km' }, ignore: [], seed: 1, now: () => 0 };

describe('an evaluation', () => {
  const { train, test } = holdOut(market(2_500, 1), 0.2, shuffled(2_500, random(5)));
  const result = evaluate({ ...request, train, test });

  it('is far better than a table of medians, and its interval holds about as often as it says', () => {
    expect(result).toMatchObject({ n_train: 2_000, n_test: 500, skipped: 0 });
    expect(result?.mape).toBeLessThan((result?.baseline.mape ?? 0) * 0.75);
    expect(result?.r2).toBeGreaterThan(0.85);
    expect(result?.coverage80).toBeGreaterThan(74);
    expect(result?.coverage80).toBeLessThan(86);
    expect(result?.segments.map(({ make }) => make).sort()).toEqual(['audi', 'fiat', 'skoda', 'škoda']);
    expect(result?.segments.reduce((sum, { n }) => sum + n, 0)).toBe(500);
  });

  it('says the same a second time', () => {
    expect(evaluate({ ...request, train, test })).toEqual(result);
  });

  it('leaves out rows without a price that can be learned from, and counts them', () => {
    const broken = { ...train, rows: [...train.rows.slice(0, 500), ...['', '0', '-5', 'on request', 'NaN'].map((price) => [...(train.rows[0] ?? []).slice(0, -1), price])] };
    expect(evaluate({ ...request, train: broken, test })).toMatchObject({ n_train: 500, skipped: 5 });
    expect(evaluate({ ...request, train: { ...train, rows: [] }, test })).toBeNull();
  });

  it('answers for makes that it has never seen', () => {
    const strange = { ...test, rows: test.rows.map((row) => row.map((cell, at) => (at === 1 ? 'Unheard' : cell))) };
    const answered = evaluate({ ...request, train, test: strange });
    expect(answered?.n_test).toBe(500);
    expect(Number.isFinite(answered?.mae)).toBe(true);
  });
});

describe('a table that is thin or strange', () => {
  const isFinite = (result: ReturnType<typeof evaluate>): boolean => [result?.mae, result?.mape, result?.mdape, result?.r2, result?.coverage80, result?.baseline.mape].every((score) => typeof score === 'number' && Number.isFinite(score));

  it('of ten rows is answered, with numbers that are some', () => {
    const { train, test } = holdOut(market(10, 3), 0.2, shuffled(10, random(2)));
    const result = evaluate({ ...request, train, test });
    expect(result).toMatchObject({ n_train: 8, n_test: 2 });
    expect(isFinite(result)).toBe(true);
  });

  it('in which everything costs the same is answered with that price', () => {
    const same = { ...market(100, 4), rows: market(100, 4).rows.map((row) => [...row.slice(0, -1), '12500']) };
    const { train, test } = holdOut(same, 0.2, shuffled(100, random(2)));
    const result = evaluate({ ...request, train, test });
    expect(result).toMatchObject({ mae: 0, mape: 0, mdape: 0, coverage80: 100, baseline: { mae: 0 } });
    expect(isFinite(result)).toBe(true);
  });

  it('whose other part lacks columns, or has them in another order, is answered by what is there', () => {
    const { train, test } = holdOut(market(250, 6), 0.2, shuffled(250, random(2)));
    const turned = { names: test.names.toReversed(), rows: test.rows.map((row) => row.toReversed()) };
    const whole = evaluate({ ...request, train, test });
    expect(evaluate({ ...request, train, test: turned })).toEqual(whole);
    const poor = { names: ['make', 'price'], rows: test.rows.map((row) => [row[1] ?? '', row[8] ?? '']) };
    const result = evaluate({ ...request, train, test: poor });
    expect([result?.n_test, isFinite(result)]).toEqual([50, true]);
    expect(result?.mape).toBeGreaterThan(whole?.mape ?? 0);
  });

  it('without any role told, and with cells that are empty or missing, is answered too', () => {
    const { names, rows } = market(150, 8);
    const holes = { names, rows: rows.map((row, index) => (index % 5 === 0 ? ['', '', '', '', '', '', '', '', row[8] ?? ''] : index % 7 === 0 ? [...row.slice(0, 4), '', '', '', '', row[8] ?? ''] : row)) };
    const { train, test } = holdOut(holes, 0.2, shuffled(150, random(2)));
    expect(isFinite(evaluate({ ...request, map: {}, train, test }))).toBe(true);
  });

  it('as Americans write it is read: dollars, miles, states and trims', () => {
    const next = random(12);
    const states = ['CA', 'TX', 'NY', 'FL'];
    const rows = Array.from({ length: 400 }, () => {
      const [trim, state, miles] = [Math.floor(next() * 3), Math.floor(next() * 4), Math.floor(next() * 120_000)];
      const price = Math.exp(10 + trim * 0.2 + state * 0.1 - miles / 250_000 + (next() - 0.5) * 0.1);
      return ['Ford', 'F-150', ['XL', 'XLT', 'Lariat'][trim] ?? '', states[state] ?? '', `${miles.toLocaleString('en')} mi.`, 'Pickup', `$${Math.round(price).toLocaleString('en')}`];
    });
    const raw = { names: ['make', 'model', 'trim', 'state', 'odometer', 'body', 'sellingprice'], rows };
    const { train, test } = holdOut(raw, 0.2, shuffled(400, random(2)));
    const result = evaluate({ target: 'sellingprice', map: { make: 'make', model: 'model', trim: 'trim', mileage: 'odometer', body: 'body' }, ignore: [], seed: 1, now: () => 0, train, test });
    expect(result).toMatchObject({ n_train: 320, n_test: 80, skipped: 0 });
    expect(result?.mape).toBeLessThan(5);
  });
});

describe('columns', () => {
  const plan = (raw: RawTable, ignore: readonly string[] = []) => planColumns(raw, { ...request, ignore }).fields.map(({ name, kind }) => `${name}:${kind}`);

  it('are what their values are: what counts rows, and what never varies, is left out', () => {
    expect(plan(market(500, 3))).toEqual(['make:category', 'model:category', 'year:number', 'km:number', 'damage:category', 'seen:number']);
    expect(plan(market(500, 3), ['seen', 'km'])).not.toContain('seen:number');
  });

  it('of lists are read word by word', () => {
    const words = ['abs', 'esp', 'navi', 'led', 'acc', 'hud', 'pdc'];
    const rows = Array.from({ length: 200 }, (_, index) => [words.filter((_word, at) => ((index * 37) >> at) % 2 === 1).join(', '), String(1_000 + (index % 50))]);
    expect(plan({ names: ['extras', 'price'], rows })).toEqual(['extras:tokens']);
  });

  it('of numbers are read as they are written', () => {
    expect(['1,234', '1234.5', ' -7 ', '1e3', '2024-02-29', 'n/a', '12,5', '1 234', '0x10', ''].map(numberIn)).toEqual([1_234, 1_234.5, -7, 1_000, 19_782, null, null, null, null, null]);
    expect(['$12,500', '€ 9,999.50', '51,000 mi.', '1,234km', '150 hp', '2.0L', '12 500 €', 'USD 700', 'BMW 320', '3 doors', '$', 'km'].map(numberIn)).toEqual([12_500, 9_999.5, 51_000, 1_234, 150, 2, null, 700, null, null, null, null]);
  });
});

it('scores are worked out by hand', () => {
  expect(scoresOf([110, 180, 300], Float64Array.of(100, 200, 300))).toEqual({ mae: 10, mape: 6.67, mdape: 10, r2: 0.975 });
});

describe('a file', () => {
  const text = '\uFEFFmake;"price, net"\r\n"Au""di";1\r\n\r\nFiat;2\r\n';

  it('is read gzipped or not, with a mark at its beginning, quotes and any of the usual separators', () => {
    const expected = { names: ['make', 'price, net'], rows: [['Au"di', '1'], ['Fiat', '2']] };
    expect(readCsv(Buffer.from(text))).toEqual(expected);
    expect(readCsv(gzipSync(text))).toEqual(expected);
    expect(readCsv(Buffer.from('a,b\n1,2\n3'))).toEqual({ names: ['a', 'b'], rows: [['1', '2'], ['3']] });
  });

  it('is read as spreadsheets write it: two bytes a sign, columns without a name, rows that are too short or too long', () => {
    expect(readCsv(Buffer.from('\uFEFFmake;price\r\nŠkoda;1\r\n', 'utf16le'))).toEqual({ names: ['make', 'price'], rows: [['Škoda', '1']] });
    expect(readCsv(Buffer.from(',make,,price\n0,Audi,,1\n1,Fiat\n2,Opel,,3,4'))).toEqual({ names: ['', 'make', 'column 3', 'price'], rows: [['0', 'Audi', '', '1'], ['1', 'Fiat'], ['2', 'Opel', '', '3', '4']] });
    expect(readCsv(Buffer.from('a\tb\n"x, y"\t2')).rows).toEqual([['x, y', '2']]);
  });

  it('that is none is refused with what is wrong', () => {
    expect(() => readCsv(Buffer.from(''))).toThrow(CsvError);
    expect(() => readCsv(Buffer.from('a,a\n1,2'))).toThrow('twice');
    expect(() => readCsv(Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('no')]))).toThrow('unzipped');
  });
});
