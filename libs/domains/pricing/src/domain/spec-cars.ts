import type { CarFacts } from './market-car';

/** For specs: a plain car, with whatever a spec cares about put in. */
export const carFacts = (facts: Partial<CarFacts> = {}): CarFacts => ({
  make: 'Volkswagen',
  model: 'Golf',
  trim: 'GTI',
  year: 2021,
  productionYear: null,
  firstRegistration: '2021-07-01',
  mileageKm: 60_000,
  fuel: 'petrol',
  gearbox: 'automatic',
  drivetrain: 'fwd',
  body: 'hatchback',
  powerKw: 180,
  engineCc: 1984,
  doors: 5,
  seats: 5,
  colour: 'white',
  damageType: 'none',
  titleStatus: 'clean',
  condition: 'used',
  features: [],
  ownersCount: 1,
  country: 'DE',
  region: 'Bayern',
  city: 'München',
  coordinates: { lat: 48.137, lon: 11.575 },
  ...facts,
});

/** The same numbers on every run. */
export function dice(seed: number): { uniform: () => number; normal: () => number } {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}
