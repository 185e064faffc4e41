import type { Mileage } from './facts';

export const kmPerMile = 1.609344;
const kwPerMetricHp = 0.73549875;

/** The column that mileages are compared and sorted by. */
export const mileageKm = (mileage: Mileage): number =>
  mileage.unit === 'km' ? mileage.value : Math.round(mileage.value * kmPerMile);

/** Metric horsepower (PS), as European papers give it. */
export const hpOfKw = (kw: number): number => Math.round(kw / kwPerMetricHp);

export const kwOfHp = (hp: number): number => Math.round(hp * kwPerMetricHp);
