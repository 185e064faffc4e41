import { Appraiser, chanceOf, type Edition } from '../../shared/appraiser';
import { get, json, page, post, type Answer, type Exchange, type Handler } from '../../shared/exchange';
import { html } from '../../shared/markup';
import { Quota } from '../../shared/quota';
import { isRecord, numberOf, readRecord, textOf } from '../../shared/records';
import { robotsTxt } from '../../shared/robots';
import type { Vendor } from '../../shared/vendor';

const apiKey = 'kbbsandbox7f3a9c2e5d8b41f6a0c4e7d2b';

/** Of a price in the middle between its seller and its buyer. The book knows four conditions of what is not sold by a dealer. */
const priceTypes = [
  { priceTypeId: 2, priceTypeDisplay: 'Typical Listing Price', factor: 1.045 },
  { priceTypeId: 1, priceTypeDisplay: 'Trade-In Excellent', factor: 0.905 },
  { priceTypeId: 3, priceTypeDisplay: 'Trade-In Very Good', factor: 0.885 },
  { priceTypeId: 4, priceTypeDisplay: 'Trade-In Good', factor: 0.86 },
  { priceTypeId: 5, priceTypeDisplay: 'Trade-In Fair', factor: 0.78 },
  { priceTypeId: 6, priceTypeDisplay: 'Private Party Excellent', factor: 1.02 },
  { priceTypeId: 7, priceTypeDisplay: 'Private Party Very Good', factor: 1.005 },
  { priceTypeId: 8, priceTypeDisplay: 'Private Party Good', factor: 0.985 },
  { priceTypeId: 9, priceTypeDisplay: 'Private Party Fair', factor: 0.9 },
] as const;

const refused = (status: number, message: string, code: string, headers: Record<string, string> = {}): Answer => json({ message, errorCode: code, warnings: [] }, { status, headers });

/** The key is in the address, or in the gateway's header. */
const guarded =
  (quota: Quota, handle: Handler): Handler =>
  async (exchange) => {
    const given = exchange.query.get('api_key') ?? exchange.headers['x-api-key'];
    if (given === undefined) return refused(401, 'Access denied due to missing api_key.', 'MissingKey');
    if (given !== apiKey) return refused(403, 'Access denied due to invalid api_key.', 'InvalidKey');
    const verdict = quota.take(exchange.now);
    const limits = { 'x-ratelimit-limit-day': String(quota.perDay), 'x-ratelimit-remaining-day': String(quota.leftToday) };
    if (verdict !== 'ok') return refused(429, verdict === 'day' ? 'Daily quota exceeded.' : 'Rate limit exceeded.', 'TooManyRequests', { ...limits, ...(verdict === 'second' ? { 'retry-after': '1' } : {}) });
    const answer = await handle(exchange);
    return { ...answer, headers: { ...answer.headers, ...limits } };
  };

const vehicleOf = ({ id, make, model, year, trim }: Edition) => ({ vehicleId: id, vehicleName: `${year} ${make} ${model} ${trim}`, vehicleClass: 'UsedCar', yearId: year, makeName: make, modelName: model, trimName: trim });

/** A VIN does not always say the trim: then all that it may be come back. */
const trimsOf = (book: Appraiser, vin: string): readonly Edition[] => {
  const found = book.ofVin(vin);
  if (found === undefined) return [];
  const sisters = book.trims(found.make, found.model, found.year);
  return chanceOf(`decode ${vin}`) < 0.3 && sisters.length > 1 ? sisters : [found];
};

const valued = (book: Appraiser, { body, now }: Exchange): Answer => {
  const asked = readRecord(body);
  const configuration = asked?.['configuration'];
  const id = isRecord(configuration) ? numberOf(configuration['vehicleId']) : null;
  if (asked === null || id === null) return refused(400, 'The configuration.vehicleId field is required.', 'ValidationError');
  if (!/^\d{5}$/u.test(textOf(asked['zipCode']) ?? '')) return refused(400, 'The zipCode field must be a five digit zip code.', 'ValidationError');
  const edition = book.ofId(id);
  if (edition === undefined) return refused(404, `Vehicle ${id} not found.`, 'VehicleNotFound');
  const usual = book.usualMiles(edition);
  const miles = numberOf(asked['mileage']) ?? usual;
  const base = book.worth(edition, usual);
  const worth = book.worth(edition, Math.min(Math.max(0, miles), 400_000));
  return json({
    valuationDate: now.toISOString().slice(0, 10),
    valuationZipCode: asked['zipCode'],
    mileage: miles,
    vehicleId: id,
    prices: priceTypes.map(({ priceTypeId, priceTypeDisplay, factor }) => ({
      priceTypeId,
      priceTypeDisplay,
      baseValue: Math.round(base * factor),
      mileageAdjustment: Math.round((worth - base) * factor),
      vehicleOptionsAdjustment: 0,
      configuredValue: Math.round(worth * factor),
      rangeLow: Math.round(worth * factor * 0.95),
      rangeHigh: Math.round(worth * factor * 1.05),
    })),
    warnings: numberOf(asked['mileage']) === null ? [{ code: 'DefaultMileage', message: 'Typical mileage was used.' }] : [],
  });
};

export const kbb: Vendor = {
  slug: 'kbb',
  title: 'Kelley Blue Book',
  kind: 'valuation',
  key: { api_key: apiKey },
  startPath: '/',
  robots: () => robotsTxt(['/idws/']),
  routes: (world) => {
    const book = new Appraiser('kbb', world.truth, world.now);
    const quota = new Quota(20, 5_000);
    return [
      get('/', () => page(html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>KBB InfoDriver Web Service</title></head><body><h1>InfoDriver Web Service</h1><p>GET /idws/vehicle/vin/id/{vin}, GET /idws/vehicle/vehicles, POST /idws/vehicle/values</p></body></html>`)),
      get(
        '/idws/vehicle/vin/id/:vin',
        guarded(quota, ({ params, query }) => {
          const vin = params['vin'] ?? '';
          if (!/^[A-HJ-NPR-Z0-9]{17}$/iu.test(vin)) return refused(400, 'The VIN is not valid.', 'InvalidVin');
          if (query.get('VehicleClass') !== 'UsedCar') return refused(400, 'The VehicleClass field is required.', 'ValidationError');
          const found = trimsOf(book, vin);
          return json({ vinResults: found.map((edition) => ({ vin, ...vehicleOf(edition) })), warnings: found.length === 0 ? [{ code: 'VinNotFound', message: 'No vehicles match this VIN.' }] : [] });
        }),
      ),
      get(
        '/idws/vehicle/vehicles',
        guarded(quota, ({ query }) => {
          const found = book.trims(query.get('makeName') ?? '', query.get('modelName') ?? '', Number(query.get('yearId') ?? 0));
          return json({ items: found.map((edition) => vehicleOf(edition)), offset: 0, limit: 500, totalCount: found.length, links: [] });
        }),
      ),
      post('/idws/vehicle/values', guarded(quota, (exchange) => valued(book, exchange))),
    ];
  },
};
