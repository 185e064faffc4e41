import { MarketRun } from '../testing/market-run';
import { judgeCatalogue } from '../testing/market-judge';
import { vehicleBench } from '../testing';

/** A small market by default; a larger one, or another, for whoever works on the match. */
const { MARKET_CARS = '600', MARKET_DAYS = '6', MARKET_SEED = 'catalogue', MARKET_SHOW = '0' } = process.env;

it('after some days every car of the market is in the catalogue once, with the prices it was seen at, and off it when it is gone', async () => {
  const bench = await vehicleBench();
  const run = new MarketRun(bench, MARKET_SEED, Number(MARKET_CARS), new Date('2026-01-05T09:00:00Z'));
  for (let day = 0; day <= Number(MARKET_DAYS); day += 1) await run.day(day);
  const { figures, missed, wrong, problems } = await judgeCatalogue(bench.db, run.truth(), run.shown);
  const show = Number(MARKET_SHOW);
  if (show > 0) process.stderr.write(`${JSON.stringify(figures)}\n${problems.slice(0, show).join('\n')}\nmissed ${missed.slice(0, show).join(' | ')}\nwrong ${wrong.slice(0, show).join(' | ')}\n`);
  await bench.close();

  expect(figures.pairs).toBeGreaterThan(400);
  expect(figures.lost).toBe(0);
  expect(figures.waiting).toBeLessThan(figures.listings * 0.003);
  expect(figures.precision).toBeGreaterThanOrEqual(0.985);
  expect(figures.recall).toBeGreaterThanOrEqual(0.985);
  expect(figures.once / figures.cars).toBeGreaterThanOrEqual(0.98);
  expect(figures.prices).toMatchObject({ wrong: 0, missing: 0 });
  expect(figures.statuses.wrong).toBe(0);
  expect(figures.onMarket.wrong).toBe(0);
  expect(figures.headlines.wrong / (figures.headlines.right + figures.headlines.wrong)).toBeLessThan(0.01);
}, 600_000);
