import { shippedRules } from '../../domain/costs/data';
import { termsSchema } from './terms';

const isTaken = (terms: unknown): boolean => termsSchema.safeParse(terms).success;
const tax = { kind: 'sales_tax', percent: '7', local: null, tradeIn: 'none' };
const way = { kind: 'transport', method: 'formula', freeMiles: 50, base: 0 };

describe('what a rule may say', () => {
  it('is what all rules of the program say', () => {
    expect(shippedRules.filter(({ terms }) => !isTaken(terms)).map(({ key }) => key)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a rate that is none', { ...tax, percent: 'seven' }],
    ['a rate below zero', { ...tax, percent: '-7' }],
    ['more than everything', { ...tax, percent: '100.01' }],
    ['bounds the wrong way round', { ...tax, least: 500, most: 499 }],
    ['a fee the wrong way round', { kind: 'title_fee', code: 'title_fee', least: 2, most: 1 }],
    ['half a cent', { kind: 'title_fee', code: 'title_fee', least: 0.5, most: 1 }],
    ['a step with a fee and a share', { kind: 'auction_bid_fee', variant: 'live', steps: [{ from: 0, fee: 1, percent: '1' }] }],
    ['a step with neither', { kind: 'auction_bid_fee', variant: 'live', steps: [{ from: 0 }] }],
    ['steps that leave out the cheapest cars', { kind: 'auction_bid_fee', variant: 'live', steps: [{ from: 100, fee: 1 }] }],
    ['a step twice', { kind: 'auction_bid_fee', variant: 'live', steps: [{ from: 0, fee: 1 }, { from: 0, fee: 2 }] }],
    ['a way without an end', { ...way, bands: [{ upToMiles: 300, least: 50, most: 50 }] }],
    ['ways in disorder', { ...way, bands: [{ upToMiles: 300, least: 1, most: 1 }, { upToMiles: 200, least: 1, most: 1 }, { upToMiles: null, least: 1, most: 1 }] }],
    ['an extra of nothing', { kind: 'transport_extra', variant: 'enclosed' }],
    ['an extra the wrong way round', { kind: 'transport_extra', variant: 'enclosed', percent: ['60', '40'] }],
    ['a broker who wants more than the most', { kind: 'broker_fee', percent: '3', least: 2, most: 1 }],
    ['rates the wrong way round', { ...tax, percentAtMost: '6.99' }],
    ['a part that ends where it begins', { ...tax, between: { from: 5, to: 5, percent: '1' } }],
    ['a part of a trade-in where nothing of it counts', { ...tax, tradeInMost: 5 }],
    ['used cars’ steps in disorder', { ...tax, usedSteps: [{ from: 5, percent: '1' }, { from: 5, percent: '2' }] }],
    ['a share of what nobody tells', { kind: 'title_fee', code: 'title_fee', least: 0, most: 0, percent: '1', isOpen: true }],
    ['a share for the gate', { kind: 'auction_fixed_fee', code: 'gate_fee', least: 0, most: 0, percent: '1' }],
    ['an arrival that costs less at most than at least', { kind: 'registration_fee', code: 'registration_fee', least: 0, most: 0, ofArrival: [2, 1] }],
    ['a tax on arrival of more than everything', { kind: 'registration_tax', name: 'Any', due: 'on_arrival', percent: ['0', '101'] }],
    ['a tax that is due some day', { kind: 'registration_tax', name: 'Any', due: 'sometimes' }],
    ['a transfer tax without a share', { kind: 'transfer_tax', name: 'Any' }],
    ['something unheard of', { kind: 'magic' }],
  ])('is not %s', (_what, terms) => {
    expect(isTaken(terms)).toBe(false);
  });
});
