import { contradictions } from '../../domain/facts';
import { isWellFormedVin, vinFlags } from '../../domain/vin-flags';
import { bulkRowSchema } from '../../api/schemas/bulk';
import { generatedOffers } from './generator';
import { models } from './models';

const now = new Date('2026-11-20T12:00:00Z');
const some = (seed: number, count = 500) => [...generatedOffers({ count, seed, now })];

it('the same seed gives the same cars, another one others', () => {
  expect(some(1)).toEqual(some(1));
  expect(some(1)).not.toEqual(some(2));
});

it('there are makers enough, and every car makes sense', () => {
  expect(models.length).toBeGreaterThanOrEqual(60);
  for (const { facts } of some(3, 2_000)) {
    expect(contradictions(facts, now)).toEqual([]);
    if (facts.vin !== null) expect([isWellFormedVin(facts.vin), vinFlags(facts)]).toEqual([true, []]);
  }
});

it('older cars have driven further and cost less', () => {
  const offers = some(4, 3_000).filter(({ facts }) => facts.price !== null && facts.mileage !== null && facts.make === 'Volkswagen');
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const young = offers.filter(({ facts }) => facts.year >= 2024).map(({ facts }) => facts);
  const old = offers.filter(({ facts }) => facts.year <= 2016).map(({ facts }) => facts);
  expect(mean(young.map(({ price }) => price?.amount ?? 0))).toBeGreaterThan(2 * mean(old.map(({ price }) => price?.amount ?? 0)));
  expect(mean(old.map(({ mileage }) => mileage?.value ?? 0))).toBeGreaterThan(2 * mean(young.map(({ mileage }) => mileage?.value ?? 0)));
});

it('keys are those that the bulk route takes', () => {
  for (const { source, externalId } of some(6, 50)) {
    expect(bulkRowSchema.shape.source.safeParse(source).success && bulkRowSchema.shape.external_id.safeParse(externalId).success).toBe(true);
  }
});
