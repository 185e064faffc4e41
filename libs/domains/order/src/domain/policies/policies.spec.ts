import { cancelFaults, capacities, orderStates, sellerKinds } from '@autobroker/kernel';
import fc from 'fast-check';
import { areaOf, refundAreas, refundMatrix, refundStages, settle, stageOf } from './refunds';
import { endOf, restockingFee, rightsOf, type Sale, withdrawalRules } from './withdrawal';

const sale: Sale = { buyerKind: 'private', sellerKind: 'dealer_margin', capacity: 'buyer_agent', jurisdiction: { country: 'DE', region: null }, carPrice: 1_899_000, currency: 'EUR', isNew: false, day: '2026-11-20' };
const keys = (more: Partial<Sale>) => rightsOf({ ...sale, ...more }).map(({ key }) => key);

describe('rights to withdraw', () => {
  it('of a dealer’s car: fourteen days, by a function in two steps since June 2026', () => {
    expect(keys({})).toEqual(['eu-goods', 'eu-brokerage']);
    expect(keys({ day: '2026-06-18' })).toEqual(['eu-goods-before-11a', 'eu-brokerage']);
    expect(rightsOf(sale)[0]).toMatchObject({ days: 14, twoSteps: true, from: 'delivery' });
  });

  it('of a private seller’s car: none for the car, only for the broker’s service', () => {
    expect(keys({ sellerKind: 'private' })).toEqual(['eu-brokerage']);
    expect(keys({ sellerKind: 'private', capacity: 'seller_agent' })).toEqual([]);
    // Who sells in its own name is a trader, whomever it bought from.
    expect(keys({ sellerKind: 'private', capacity: 'dealer' })).toEqual(['eu-goods']);
  });

  it('of a business: none, whoever sells', () => {
    for (const capacity of capacities) for (const sellerKind of sellerKinds) expect(keys({ buyerKind: 'business', capacity, sellerKind })).toEqual([]);
  });

  it('in California: three days and 400 miles for a used car up to 50,000 dollars, since October 2026', () => {
    const california = { jurisdiction: { country: 'US', region: 'CA' }, currency: 'USD', capacity: 'dealer', carPrice: 5_000_000 } as const;
    expect(keys(california)).toEqual(['us-ca-sb766']);
    expect(keys({ ...california, carPrice: 5_000_001 })).toEqual([]);
    expect(keys({ ...california, isNew: true })).toEqual([]);
    expect(keys({ ...california, day: '2026-09-30' })).toEqual([]);
    expect(keys({ ...california, jurisdiction: { country: 'US', region: 'TX' } })).toEqual([]);
    const [rule] = rightsOf({ ...sale, ...california });
    const fees = [1_000_000, 2_000_000, 5_000_000].map((price) => restockingFee(rule ?? { fee: null }, price, 'USD'));
    expect(fees).toEqual([20_000, 30_000, 60_000]);
  });

  it('end with their last day, a year later when the buyer was not told', () => {
    const rule = { days: 14, monthsIfNotTold: 12 };
    expect(endOf(rule, new Date('2026-12-04T16:00:00Z'), true)).toEqual(new Date('2026-12-18T23:59:59Z'));
    expect(endOf(rule, new Date('2026-12-04T16:00:00Z'), false)).toEqual(new Date('2027-12-18T23:59:59Z'));
    expect(endOf(rule, new Date('2028-02-15T00:00:00Z'), false)).toEqual(new Date('2029-02-28T23:59:59Z'));
  });

  it('say where they come from and how sure that is', () => {
    for (const { key, basis, confidence, validFrom } of withdrawalRules) expect([key, basis.length > 5, confidence.length > 5, /^\d{4}-\d{2}-\d{2}$/.test(validFrom)]).toEqual([key, true, true, true]);
  });
});

describe('what goes back', () => {
  const at = new Date('2026-11-20T12:00:00Z');
  const input = { stage: 'contracted', fault: 'buyer', area: 'eu', deposit: 196_679, provenCost: 50_000, restockingFee: 30_000, at } as const;

  it('is said for every stage, fault and place, once', () => {
    expect(refundMatrix).toHaveLength(refundStages.length * cancelFaults.length * refundAreas.length);
    expect(new Set(refundMatrix.map(({ stage, fault, area }) => `${stage}/${fault}/${area}`)).size).toBe(refundMatrix.length);
  });

  it('is all of it before the contract, whoever is at fault', () => {
    for (const row of refundMatrix.filter(({ stage }) => stage === 'before_capture' || stage === 'deposit_taken')) expect(row).toMatchObject({ keeps: 'nothing', refundPercent: 100 });
  });

  it('is less what it has provably cost when a buyer defaults on a contract, up to the deposit', () => {
    expect(settle(input).retain).toBe(50_000);
    expect(settle({ ...input, provenCost: 500_000 }).retain).toBe(196_679);
    expect(settle({ ...input, provenCost: 0 }).retain).toBe(0);
    for (const fault of ['seller', 'broker', 'inspection', 'nobody', 'withdrawal'] as const) expect(settle({ ...input, fault }).retain).toBe(0);
  });

  it('of a withdrawal is all in Europe, and less the restocking fee in California', () => {
    expect(settle({ ...input, stage: 'delivered', fault: 'withdrawal' }).retain).toBe(0);
    expect(settle({ ...input, stage: 'delivered', fault: 'withdrawal', area: 'us_ca' }).retain).toBe(30_000);
  });

  it('is back within fourteen days, and never more is kept than the deposit or a fee of the law', () => {
    fc.assert(
      fc.property(fc.constantFrom(...refundStages), fc.constantFrom(...cancelFaults), fc.constantFrom(...refundAreas), fc.nat(1_000_000), fc.nat(5_000_000), (stage, fault, area, deposit, provenCost) => {
        const { retain, refundDueAt } = settle({ stage, fault, area, deposit, provenCost, restockingFee: 0, at });
        expect(retain).toBeGreaterThanOrEqual(0);
        expect(retain).toBeLessThanOrEqual(deposit);
        expect(refundDueAt.getTime() - at.getTime()).toBeLessThanOrEqual(14 * 86_400_000);
      }),
    );
  });

  it('goes by the state and by whether the deposit was taken', () => {
    expect(orderStates.map((state) => stageOf(state, false))).toEqual(['before_capture', 'before_capture', 'before_capture', 'before_capture', 'contracted', 'contracted', 'contracted', 'delivered', 'delivered', 'delivered', 'before_capture', 'before_capture']);
    expect(stageOf('inspection', true)).toBe('deposit_taken');
    expect([areaOf({ country: 'IT', region: null }), areaOf({ country: 'US', region: 'CA' }), areaOf({ country: 'US', region: 'TX' }), areaOf({ country: 'CH', region: null })]).toEqual(['eu', 'us_ca', 'us', 'elsewhere']);
  });
});
