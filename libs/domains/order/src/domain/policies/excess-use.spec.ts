import fc from 'fast-check';
import { usualUse } from '../tenant-policy';
import { excessUse as excessUseBy, type Usage } from './excess-use';

const excessUse = (usage: Usage, rule = usualUse) => excessUseBy(usage, rule);

const car = { carPrice: 2_000_000, handedOverAtKm: 50_000, returnedAtKm: 50_050, withdrawalTold: true };

describe('the use of a car that comes back', () => {
  it('costs nothing as far as it takes to look at it', () => {
    expect(excessUse(car)).toEqual({ km: 0, amount: 0 });
    expect(excessUse({ ...car, returnedAtKm: 49_000 })).toEqual({ km: 0, amount: 0 });
  });

  it('costs its share of what the car had still to run', () => {
    // 1,000 of 200,000 kilometres: 0.5 % of 20,000.00.
    expect(excessUse({ ...car, returnedAtKm: 51_050 })).toEqual({ km: 1_000, amount: 10_000 });
    expect(excessUse({ ...car, returnedAtKm: 50_051 })).toEqual({ km: 1, amount: 10 });
    // Of an old car not more than if it had 50,000 left.
    expect(excessUse({ ...car, handedOverAtKm: 240_000, returnedAtKm: 241_050 })).toEqual({ km: 1_000, amount: 40_000 });
  });

  it('is reckoned as a tenant has it', () => {
    // 950 of 100,000 kilometres that a car of 50,000 has left at a life of 150,000: 0.95 % of 20,000.00.
    expect(excessUse({ ...car, returnedAtKm: 51_050 }, { ...usualUse, freeKm: 100, lifeKm: 150_000 })).toEqual({ km: 950, amount: 19_000 });
    expect(excessUse({ ...car, handedOverAtKm: 240_000, returnedAtKm: 241_050 }, { ...usualUse, leastKmLeft: 100_000 })).toEqual({ km: 1_000, amount: 20_000 });
  });

  it('costs nothing who was not told of the right, nor what nobody has read', () => {
    expect(excessUse({ ...car, returnedAtKm: 60_050, withdrawalTold: false })).toEqual({ km: 10_000, amount: 0 });
    expect(excessUse({ ...car, returnedAtKm: null })).toEqual({ km: null, amount: 0 });
    expect(excessUse({ ...car, handedOverAtKm: null })).toEqual({ km: null, amount: 0 });
  });

  it('never costs more than the car, nor less for having been driven further', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(400_000), fc.nat(600_000), fc.nat(1_000), (carPrice, handedOverAtKm, driven, more) => {
        const at = (km: number) => excessUse({ carPrice, handedOverAtKm, returnedAtKm: handedOverAtKm + km, withdrawalTold: true }).amount;
        expect(at(driven)).toBeGreaterThanOrEqual(0);
        expect(at(driven + more)).toBeGreaterThanOrEqual(at(driven));
        expect(at(driven + more)).toBeLessThanOrEqual(carPrice);
        expect(Number.isInteger(at(driven))).toBe(true);
      }),
    );
  });
});
