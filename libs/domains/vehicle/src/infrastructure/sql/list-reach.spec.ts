import type { ListQuery } from '../../application/criteria';
import { reachBehind, reachesOf, withinReach } from './list-reach';
import { farnessOf, kilometresOf } from './vehicle-filter';

const near = (radiusKm: number, more: Partial<ListQuery> = {}): ListQuery => ({
  criteria: { near: { centre: { lat: 50, lon: 8 }, radiusKm } },
  order: { by: 'distance', descending: false },
  perPage: 20,
  from: { offset: 0 },
  fields: null,
  include: [],
  ...more,
});
const km = (reach: string): number => Math.round(kilometresOf(Number(reach)));
const at = (kilometres: number): string => String(farnessOf(kilometres));
const after = (kilometres: number) => ({ from: { after: { value: at(kilometres), id: '00000000-0000-7000-8000-000000000000' } } });

describe('how far is looked for the nearest', () => {
  it('when the sample reaches over most of the circle: a sixteenth of its ground first', () => {
    expect(reachesOf(near(600), at(480)).map(km)).toEqual([120, 480]);
    expect(reachesOf(near(600), at(210)).map(km)).toEqual([52, 210]);
  });

  it('when it tells well where the nearest are: at once as far as it reaches', () => {
    expect(reachesOf(near(600), at(190)).map(km)).toEqual([190]);
    expect(reachesOf(near(20_000), at(80)).map(km)).toEqual([80]);
  });

  it('behind a cursor: a sixteenth of what lies beyond, while that spares half', () => {
    expect(reachesOf(near(600, after(200)), at(480)).map(km)).toEqual([228, 480]);
    expect(reachesOf(near(600, after(400)), at(480)).map(km)).toEqual([480]);
  });

  it('in other orders, and the farthest first: what the sample said', () => {
    expect(reachesOf(near(600, { order: { by: 'price', descending: false } }), '9900')).toEqual(['9900']);
    expect(reachesOf(near(600, { order: { by: 'distance', descending: true } }), at(580)).map(km)).toEqual([580]);
  });
});

it('behind a cursor the next page is looked for on twice the ground, unless that is much of it', () => {
  const behind = (kilometres: number): number | null => {
    const reach = reachBehind(near(600, after(kilometres)));
    return reach === null ? null : km(reach);
  };
  expect([0, 50, 210, 220].map(behind)).toEqual([1, 71, 297, null]);
  expect(reachBehind(near(600))).toBeNull();
  expect(reachBehind(near(600, { ...after(50), order: { by: 'price', descending: false } }))).toBeNull();
});

it('a reach narrows the circle only where the order is by distance, and never widens it', () => {
  expect(withinReach(near(600), at(120)).criteria.near?.radiusKm).toBeCloseTo(120.22, 1);
  expect(withinReach(near(600), at(599.9)).criteria.near?.radiusKm).toBe(600);
  expect(withinReach(near(600, { order: { by: 'price', descending: false } }), '9900').criteria.near?.radiusKm).toBe(600);
});
