import { shippedRules } from '../../domain/costs/data';
import { costsOf, inEurope, inState } from '../../testing/cost-question';
import { costKindOf } from './cost-kinds';

/** Everything that may be asked of a car at once, in each state and each member of the union. */
const everywhere = (): string[] => {
  const places = new Set(shippedRules.flatMap(({ terms, jurisdiction }) => (terms.kind === 'sales_tax' || terms.kind === 'vat' ? [jurisdiction] : [])));
  const auction = { house: 'COPART', tier: 'standard', bid: 'live', title: 'non_clean' } as const;
  const lines = [...places].flatMap((place) => {
    const [country, state] = place.split('-');
    if (state === undefined) return [null, 'DE'].flatMap((origin) => costsOf(inEurope(country ?? place, { origin, brokerFee: true })).lines);
    const way = { miles: 500, enclosed: true, inoperable: true, brokerFee: true, price: 15_000_000 };
    return [...costsOf(inState(state, { ...way, seller: 'dealer_vat' })).lines, ...costsOf(inState(state, { ...way, seller: 'auction', auction })).lines];
  });
  return [...new Set(lines.map(({ code }) => code))];
};

describe('what the lines of a landed cost are for', () => {
  it('is said of every line that there is: taxes are taxes, and the extras of the way belong to the way', () => {
    const byKind = Map.groupBy(everywhere().sort(), costKindOf);
    expect(Object.fromEntries(byKind)).toEqual({
      purchase_price: ['price'],
      sales_tax: ['excise_tax', 'local_tax', 'luxury_tax', 'sales_tax', 'single_article_tax', 'transfer_tax', 'vat'],
      title_fee: ['title_fee'],
      registration_fee: ['registration_fee', 'registration_tax'],
      transportation_cost: ['transport', 'transport_enclosed', 'transport_inoperable'],
      other: ['auction_bid_fee', 'auction_buyer_fee', 'broker_fee', 'doc_fee', 'environmental_fee', 'gate_fee', 'title_handling_fee'],
    });
  });
});
