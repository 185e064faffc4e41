import { html, nextData } from '../extraction/spec-pages';
import { autotrader } from './autotrader/source';
import { cargurus } from './cargurus/source';

const car = (id: number, price: number) => ({ id, title: 'Used 2018 BMW 320i', make: { name: 'BMW' }, model: { name: '320i' }, year: 2018, mileage: { value: '45,123' }, pricingDetail: { salePrice: price, currency: 'USD' } });
const pageOf = (...cars: readonly { readonly id: number }[]) => ({
  url: 'https://www.autotrader.com/cars-for-sale/vehicle/700002',
  status: 200,
  contentType: 'text/html',
  body: Buffer.from(html('<title>BMW</title>', nextData({ __eggsState: { inventory: Object.fromEntries(cars.map((one) => [String(one.id), one])) } }))),
});

describe('the page of a listing', () => {
  it('is read for the one that was asked for, whatever else its state holds', () => {
    const read = autotrader.readDetail(pageOf(car(700_001, 15_000), car(700_002, 19_990), car(700_003, 30_000)), '700002');
    expect(read).toMatchObject({ kind: 'listing', listing: { externalId: '700002', fields: { price: { value: '19990' } } } });
  });

  it('tells nothing of it when it is another listing’s', () => {
    expect(autotrader.readDetail(pageOf(car(700_009, 15_000)), '700002')).toEqual({ kind: 'unreadable', reasons: ['another_listing'] });
    const body = Buffer.from(JSON.stringify({ listing: { id: 5, makeName: 'BMW', modelName: '320i', carYear: 2018, price: 15_000, mileage: 45_123 } }));
    expect(cargurus.readDetail({ url: 'https://www.cargurus.com/x', status: 200, contentType: 'application/json', body }, '700002')).toEqual({ kind: 'unreadable', reasons: ['another_listing'] });
  });
});
