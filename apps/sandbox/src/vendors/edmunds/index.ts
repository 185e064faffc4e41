import { Appraiser, type Edition } from '../../shared/appraiser';
import { get, json, page, text, type Answer, type Exchange, type Handler } from '../../shared/exchange';
import { slugOf } from '../../shared/format';
import { html } from '../../shared/markup';
import { Quota } from '../../shared/quota';
import { robotsTxt } from '../../shared/robots';
import type { Vendor } from '../../shared/vendor';

const apiKey = 'edm4k7w2q9x1z8c5v3b6n0m2a';

/** The gateway in front of the API answers in words of its own, with the reason in a header. */
const gateway = (status: number, code: string, words: string): Answer => text('text/xml; charset=utf-8', `<h1>${words}</h1>`, { status, headers: { 'x-mashery-error-code': code, 'x-error-detail-header': words } });

const notFound = (message: string): Answer => json({ status: 'NOT_FOUND', errorType: 'INCORRECT_PARAMS', message, moreInfoUrl: '' }, { status: 404 });
const badRequest = (message: string): Answer => json({ status: 'BAD_REQUEST', errorType: 'INCORRECT_PARAMS', message, moreInfoUrl: '' }, { status: 400 });

const guarded =
  (quota: Quota, handle: Handler): Handler =>
  (exchange) => {
    const given = exchange.query.get('api_key');
    if (given !== apiKey) return gateway(403, 'ERR_403_DEVELOPER_INACTIVE', 'Developer Inactive');
    const verdict = quota.take(exchange.now);
    if (verdict === 'second') return gateway(403, 'ERR_403_DEVELOPER_OVER_QPS', 'Developer Over Qps');
    if (verdict === 'day') return gateway(403, 'ERR_403_DEVELOPER_OVER_RATE', 'Developer Over Rate');
    if (exchange.query.get('fmt') !== 'json') return text('application/xml; charset=utf-8', '<?xml version="1.0"?><error>use fmt=json</error>', { status: 400 });
    return handle(exchange);
  };

const styleOf = ({ id, trim, model }: Edition) => ({ id, name: `${trim} 4dr ${model}`, trim, submodel: { modelName: model, niceName: slugOf(model) } });

const conditions: ReadonlyMap<string, number> = new Map([
  ['Outstanding', 1.03],
  ['Clean', 1],
  ['Average', 0.955],
  ['Rough', 0.86],
  ['Damaged', 0.68],
]);

/** With its cents, as a calculation that nobody rounds. */
const prices = (worth: number) => ({
  baseMSRP: null,
  baseInvoice: null,
  deliveryCharges: null,
  tmv: null,
  usedTmvRetail: Math.round(worth * 1.06 * 100) / 100,
  usedPrivateParty: Math.round(worth * 100) / 100,
  usedTradeIn: Math.round(worth * 0.88 * 100) / 100,
  estimateTmv: null,
  tmvRecommendedRating: null,
});

const valued = (book: Appraiser, { query }: Exchange): Answer => {
  const edition = book.ofId(Number(query.get('styleid') ?? 0));
  if (edition === undefined) return notFound('style id not found');
  const condition = conditions.get(query.get('condition') ?? '');
  if (condition === undefined) return badRequest('condition must be one of Outstanding, Clean, Average, Rough, Damaged');
  if (!/^\d{5}$/u.test(query.get('zip') ?? '')) return badRequest('zip is invalid');
  const miles = Number(query.get('mileage') ?? Number.NaN);
  if (!Number.isFinite(miles) || miles < 0) return badRequest('mileage is invalid');
  const base = book.worth(edition, book.usualMiles(edition));
  const worth = book.worth(edition, Math.min(miles, 400_000));
  return json({
    tmv: {
      nationalBasePrice: prices(base),
      optionTMVPrices: {},
      regionalAdjustment: prices(0),
      colorAdjustment: prices(0),
      conditionAdjustment: prices(worth * (condition - 1)),
      mileageAdjustment: prices(worth - base),
      totalWithOptions: prices(worth * condition),
      certifiedUsedPrice: 0,
      offerPrice: null,
      destinationCharge: null,
      regionalAdFee: null,
      gasGuzzlerTax: null,
    },
  });
};

export const edmunds: Vendor = {
  slug: 'edmunds',
  title: 'Edmunds',
  kind: 'valuation',
  key: { api_key: apiKey },
  startPath: '/',
  robots: () => robotsTxt(['/api/', '/v1/']),
  routes: (world) => {
    const book = new Appraiser('edmunds', world.truth, world.now);
    const quota = new Quota(10, 5_000);
    return [
      get('/', () => page(html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Edmunds API</title></head><body><h1>Edmunds API</h1><p>GET /api/vehicle/v2/vins/{vin}, GET /api/vehicle/v2/{make}/{model}/{year}/styles, GET /v1/api/tmv/tmvservice/calculateusedtmv</p></body></html>`)),
      get(
        '/api/vehicle/v2/vins/:vin',
        guarded(quota, ({ params }) => {
          const found = book.ofVin(params['vin'] ?? '');
          if (found === undefined) return notFound(`Vehicle with VIN ${params['vin'] ?? ''} not found`);
          return json({
            make: { id: 200_000_001, name: found.make, niceName: slugOf(found.make) },
            model: { id: `${found.make}_${found.model}`, name: found.model, niceName: slugOf(found.model) },
            years: [{ id: found.id + 1, year: found.year, styles: [styleOf(found)] }],
            matchingType: 'SQUISHVIN',
          });
        }),
      ),
      get(
        '/api/vehicle/v2/:make/:model/:year/styles',
        guarded(quota, ({ params }) => {
          const found = book.trims(params['make'] ?? '', params['model'] ?? '', Number(params['year'] ?? 0));
          return json({ styles: found.map((edition) => styleOf(edition)), stylesCount: found.length });
        }),
      ),
      get('/v1/api/tmv/tmvservice/calculateusedtmv', guarded(quota, (exchange) => valued(book, exchange))),
    ];
  },
};
