import { aCar } from '../a-car';
import type { VehicleFacts } from '../facts';
import { chooseMatch, type Known, type Seeker, type Suspect } from './choose-match';
import { listingFactsOf } from './listing-facts';
import { tracesOf } from './probe';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour));
const match = (facts: Partial<VehicleFacts> = {}, stockNumber: string | null = null) =>
  tracesOf({ ...listingFactsOf(aCar({ mileage: { value: 48_217, unit: 'km' }, ...facts })), stockNumber }, { amount: 2_899_000, currency: 'EUR' });
const seeker = (more: Partial<Seeker> = {}): Seeker => ({ source: 'mobile-de', externalId: 'new', status: 'active', match: match(), seenAt: at(12), firstSeenAt: at(12), ...more });
const known = (more: Partial<Known> = {}): Known => ({ listingId: 'l', source: 'autoscout24', externalId: 'x', status: 'active', firstSeenAt: at(-200), lastSeenAt: at(10), match: match(), ...more });
const car = (vehicleId: string, listings: readonly Known[] = [known()], ruling: Suspect['ruling'] = null): Suspect => ({ vehicleId, listings, ruling });
const outcome = (one: Seeker, ...suspects: Suspect[]) => chooseMatch(one, suspects)?.outcome;
const vin = 'WVWZZZAUZHW123456';

it('an offer that agrees in all that tells cars apart is of the same car', () => {
  expect(chooseMatch(seeker(), [car('a')])).toMatchObject({ vehicleId: 'a', outcome: 'same', method: 'score' });
  expect(chooseMatch(seeker({ match: match({ vin }) }), [car('a', [known({ match: match({ vin, mileage: null }) })])])).toMatchObject({ outcome: 'same', method: 'vin' });
});

it('two cars that fit equally well: neither is taken', () => {
  expect(outcome(seeker(), car('a'), car('b'))).toBe('ambiguous');
  expect(outcome(seeker({ match: match({ vin }) }), car('a'), car('b', [known({ match: match({ vin }) })]))).toBe('same');
});

it('one source does not offer one car twice at once, unless with one reading', () => {
  const near = match({ mileage: { value: 48_512, unit: 'km' } });
  const twin = known({ source: 'mobile-de', externalId: 'other', match: near });
  const fresh = match({ mileage: { value: 12, unit: 'km' } });
  expect(outcome(seeker(), car('a', [{ ...twin, match: match() }]))).toBe('same');
  expect(outcome(seeker(), car('a', [{ ...twin, match: match({ mileage: { value: 48_200, unit: 'km' } }) }]))).toBe('same');
  expect(outcome(seeker({ match: fresh }), car('a', [{ ...twin, match: fresh }]))).toBe('different');
  expect(outcome(seeker(), car('a', [twin]))).toBe('different');
  expect(outcome(seeker(), car('a', [known(), twin]))).toBe('different');
  const again = { ...twin, match: match({ mileage: { value: 48_200, unit: 'km' } }) };
  expect(outcome(seeker(), car('a', [{ ...again, status: 'removed' }]))).toBe('same');
  expect(outcome(seeker(), car('a', [{ ...again, lastSeenAt: at(-48) }]))).toBe('same');
  expect(outcome(seeker({ match: match({ vin }) }), car('a', [{ ...twin, match: match({ vin }) }]))).toBe('same');
});

it('listings of one source that only look alike must agree in nearly all', () => {
  const gone = known({ source: 'mobile-de', externalId: 'other', status: 'removed', match: match({ mileage: { value: 48_600, unit: 'km' }, description: null, trim: null, powerKw: null, exteriorColour: null }) });
  const elsewhere = { ...gone, source: 'autoscout24' };
  expect(chooseMatch(seeker(), [car('a', [elsewhere])])).toMatchObject({ outcome: 'same', score: expect.any(Number) });
  // It was there before the other one ended.
  expect(chooseMatch(seeker({ firstSeenAt: at(8) }), [car('a', [gone])])).toMatchObject({ outcome: 'different' });
});

it('another VIN is another car, however much else agrees; a slip of the pen is not', () => {
  expect(outcome(seeker({ match: match({ vin }) }), car('a', [known({ match: match({ vin: 'WVWZZZAUZHW765432' }) })]))).toBe('different');
  expect(outcome(seeker({ match: match({ vin }) }), car('a', [known({ match: match({ vin: 'WVWZZZAUZGW123456' }) })]))).toBe('same');
});

it('what staff have decided stands', () => {
  expect(outcome(seeker(), car('a', [known()], 'apart'))).toBeUndefined();
  expect(chooseMatch(seeker(), [car('a', [known({ match: match({ mileage: { value: 151_000, unit: 'km' } }) })], 'together'), car('b')])).toMatchObject({ vehicleId: 'a', method: 'staff' });
});
