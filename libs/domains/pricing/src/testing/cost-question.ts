import { shippedRules } from '../domain/costs/data';
import { landedCost } from '../domain/costs/landed';
import type { CostQuestion, LandedCost } from '../domain/costs/question';

const asked: CostQuestion = {
  price: 2_000_000,
  currency: 'USD',
  day: '2026-11-27',
  origin: 'US',
  destination: { country: 'US', region: 'TX' },
  buyer: 'private',
  buyerVatId: false,
  seller: 'private',
  isNew: false,
  firstRegistration: '2022-10-19',
  mileageKm: 80_000,
  tradeIn: 0,
  boughtFor: null,
  localRate: null,
  auction: null,
  miles: 0,
  transportMethod: 'formula',
  enclosed: false,
  inoperable: false,
  brokerFee: false,
};

/** A used car for 20,000 that stays in Texas, but for what is said. */
export function costsOf(more: Partial<CostQuestion>): LandedCost {
  const landed = landedCost(costsOf.question(more), shippedRules);
  if (!landed.ok) throw new Error(landed.error.code);
  return landed.value;
}
costsOf.question = (more: Partial<CostQuestion>): CostQuestion => ({ ...asked, ...more });

/** The code of the refusal, or that there was none. */
export function noticed(more: Partial<CostQuestion>): string {
  const landed = landedCost({ ...asked, ...more }, shippedRules);
  return landed.ok ? 'answered' : landed.error.code;
}

/** The amount of a line; two where it is a range; null where it is not known; undefined without such a line. */
export function costLine(more: Partial<CostQuestion>, code: string): number | [number, number] | null | undefined {
  const found = costsOf(more).lines.find((each) => each.code === code);
  if (found === undefined) return undefined;
  if (found.amount === null) return null;
  return found.amount.least === found.amount.most ? found.amount.least : [found.amount.least, found.amount.most];
}

export const inState = (region: string, more: Partial<CostQuestion> = {}): Partial<CostQuestion> => ({ destination: { country: 'US', region }, ...more });
export const inEurope = (country: string, more: Partial<CostQuestion> = {}): Partial<CostQuestion> => ({ currency: 'EUR', origin: 'DE', destination: { country, region: null }, ...more });
