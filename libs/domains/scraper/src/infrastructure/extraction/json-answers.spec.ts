import { extract, facts } from './spec-pages';

const read = (document: object) => facts(extract(JSON.stringify(document), { url: null, contentType: 'application/json' }));
const golf = { id: '398765432', make: 'Volkswagen', model: 'Golf', year: 2018, mileage: 45_123, fuel: 'PETROL' };

describe('the price in an answer of an interface', () => {
  it.each<[string, object, string | undefined]>([
    ['cents by their name', { priceInfo: { priceCents: 1_799_500, priceType: 'FIXED' } }, '17995'],
    ['where the bids begin', { priceInfo: { priceCents: 1_000_000, priceType: 'MIN_BID' } }, undefined],
    ['a rate, as its type says', { price: { amount: 299, type: 'MONTHLY' } }, undefined],
    ['cents as one graph counts them', { price: { __typename: 'AutosDealerAmountPrice', amount: 1_849_500 } }, '18495'],
    ['a highest bid that is named twice', { price: { value: '5100.00', currency: 'USD' }, currentBidPrice: { value: '5100.00', currency: 'USD' } }, undefined],
    ['a price to buy at once that has become the bid', { price: { value: '5100.00', currency: 'USD' }, currentBidPrice: { value: '5100.00' }, buyNowPrice: '5100.00' }, '5100'],
    ['gross beside what dealers pay', { price: { consumerPriceGross: '17690.00', dealerPriceGross: '16000.00', currency: 'EUR' } }, '17690'],
  ])('%s', (_, more, price) => expect(read({ ...golf, ...more }).price).toBe(price));

  it('a month without a sign between is one', () => expect(read({ ...golf, price: 17_690, firstRegistration: '201303' }).first_registration).toBe('2013-03'));
});
