// The price model alone: how long it learns from 50,000 cars, and how many it values in a second.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../bootstrap/lib.mjs';
import { random } from './random.mjs';

const makes = 30;

/** Prices by a rule with interactions, and noise, over as many columns as a listing has. */
const market = (count, seed, { tableOf }) => {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const features = ['navigation', 'leather', 'camera', 'led', 'heated_seats', 'tow_bar', 'sunroof', 'cruise', 'hud', 'matrix'];
  const fields = [['make', 'category', 'make'], ['model', 'category', 'model'], ['year', 'number', 'year'], ['mileage_km', 'number', 'mileage'], ['power_kw', 'number', 'power'], ['fuel', 'category', 'fuel'], ['gearbox', 'category', 'gearbox'], ['body', 'category', 'body'], ['colour', 'category', null], ['country', 'category', 'country'], ['owners', 'number', null], ['features', 'tokens', null]];
  const columns = fields.map(() => []);
  const prices = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    const make = Math.floor(next() * makes);
    const model = Math.floor(next() * 20);
    const age = next() * 15;
    const km = Math.round(age * 14_000 * (0.5 + next()));
    const kw = 55 + model * 8 + Math.floor(next() * 60);
    const extras = features.filter(() => next() < 0.4);
    const fuel = pick(['petrol', 'diesel', 'electric', 'hybrid']);
    const log = 9.2 + make * 0.03 + model * 0.05 + kw * 0.003 - age * (fuel === 'electric' ? 0.15 : 0.11) - km * 2e-6 + extras.length * 0.01 + (next() + next() + next() - 1.5) * 0.2;
    prices[row] = Math.round(Math.exp(log) * 100);
    [`make ${make}`, `model ${make}-${model}`, 2026 - Math.floor(age), km, kw, fuel, pick(['manual', 'automatic']), pick(['hatchback', 'estate', 'suv', 'saloon']), pick(['black', 'white', 'blue', 'grey', 'red']), pick(['DE', 'FR', 'IT', 'GB', 'US']), 1 + Math.floor(next() * 4), extras.join(',')].forEach((cell, column) => columns[column].push(cell));
  }
  return { table: tableOf(fields.map(([name, kind, role]) => ({ name, kind, role })), columns), prices };
};

export const priceModelBench = async ({ say, rows: count = 50_000 }) => {
  const require = createRequire(import.meta.url);
  const load = (path) => require(join(root, 'libs/domains/pricing/dist/application/model', path));
  const { tableOf } = load('table.js');
  const { optionsFor, trainPriceModel } = load('train.js');
  const train = market(count, 1, { tableOf });
  const began = performance.now();
  const model = trainPriceModel(train.table, train.prices, optionsFor(count));
  const seconds = (performance.now() - began) / 1_000;
  say(`  price_training               ${count.toLocaleString('en')} cars in ${seconds.toFixed(1)} s`);
  const asked = market(20_000, 2, { tableOf });
  model.predict(asked.table);
  const from = performance.now();
  const answers = model.predict(asked.table);
  const perSecond = answers.length / ((performance.now() - from) / 1_000);
  const within = answers.filter(([low, , , , high], row) => asked.prices[row] >= low && asked.prices[row] <= high).length / answers.length;
  say(`  price_inference              ${Math.round(perSecond).toLocaleString('en')} cars/s, five quantiles each; ${(within * 100).toFixed(1)} % within the 80 % interval`);
  const row = (name, perS, more) => ({ name, req_s: Math.round(perS * 10) / 10, p50_ms: null, p95_ms: null, p99_ms: null, ratio: null, ...more });
  return [row('price_training', count / seconds, { seconds: Math.round(seconds * 10) / 10 }), row('price_inference', perSecond, { coverage80: within })];
};
