import { shippedRules } from '../costs/data';
import type { CostQuestion } from '../costs/question';
import { draftQuote } from './draft';
import { missingFor, placeMissing, type ToldPlace } from './missing';

const florida: CostQuestion = {
  price: 2_000_000,
  currency: 'USD',
  day: '2026-11-27',
  origin: 'US',
  destination: { country: 'US', region: 'FL' },
  buyer: 'private',
  buyerVatId: false,
  seller: 'private',
  isNew: false,
  firstRegistration: null,
  mileageKm: 60_000,
  tradeIn: 0,
  boughtFor: null,
  localRate: '1.5',
  auction: null,
  miles: 100,
  transportMethod: 'formula',
  enclosed: false,
  inoperable: false,
  brokerFee: true,
};
const german: Partial<CostQuestion> = { currency: 'EUR', origin: 'DE', destination: { country: 'DE', region: null }, localRate: null };

function missing(more: Partial<CostQuestion> = {}, place: Partial<ToldPlace> = {}): string[] {
  const question = { ...florida, ...more };
  const draft = draftQuote({ capacity: 'buyer_agent', isDelivered: true, fees: [], question }, shippedRules);
  if (!draft.ok) throw new Error(draft.error.detail);
  return missingFor(draft.value.open, question, { ...question.destination, postalCode: null, ...place }).map(({ pointer }) => pointer);
}

describe('what a quote needs to know before it can bind', () => {
  it('is nothing where only title and registration are open: those are the buyer’s', () => {
    expect(missing()).toEqual([]);
  });

  it('is the local rate where county and city tax as well', () => {
    expect(missing({ localRate: null })).toEqual(['/local_tax_rate']);
  });

  it('is the place where the car goes, as long as none is told that could be found', () => {
    expect(missing({ miles: null })).toEqual(['/destination/postal_code']);
    expect(missing({ miles: null }, { postalCode: '00000' })).toEqual(['/accept_ranges']);
    expect(missing({ miles: null, localRate: null }).sort()).toEqual(['/destination/postal_code', '/local_tax_rate']);
  });

  it('is the buyer’s consent where nothing that can be told would settle it', () => {
    // 40 to 60 % more
    expect(missing({ enclosed: true })).toEqual(['/accept_ranges']);
    // A dealer may ask up to a cap, or anything.
    expect(missing({ seller: 'dealer_margin' })).toEqual(['/accept_ranges']);
    // A winch costs what the carrier asks; an operator can add a rule.
    expect(missing({ inoperable: true })).toEqual(['/accept_ranges']);
    // No rule knows what a way through Germany costs.
    expect(missing({ ...german, miles: null })).toEqual(['/accept_ranges']);
  });

  it('is the state, before anything else', () => {
    expect(placeMissing({ country: 'US', region: null, postalCode: '33101' })?.pointer).toBe('/destination/region');
    expect(placeMissing({ country: 'US', region: 'FL', postalCode: null })).toBeNull();
    expect(placeMissing({ country: 'DE', region: null, postalCode: null })).toBeNull();
  });
});
