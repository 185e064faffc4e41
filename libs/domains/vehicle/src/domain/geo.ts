import { earthRadiusKm } from '@autobroker/vocabulary';
import type { Coordinates } from './facts';

const kmPerDegree = (Math.PI * earthRadiusKm) / 180;

export interface Box {
  readonly latMin: number;
  readonly latMax: number;
  /** West of `lonMax`, or east of it when the box crosses the date line. */
  readonly lonMin: number;
  readonly lonMax: number;
  readonly crossesDateLine: boolean;
}

/** The smallest box of latitudes and longitudes that holds the circle: a cheap first cut before exact distances. */
export function boxAround(centre: Coordinates, radiusKm: number): Box {
  const latReach = radiusKm / kmPerDegree;
  const latMin = Math.max(-90, centre.lat - latReach);
  const latMax = Math.min(90, centre.lat + latReach);
  const cosine = Math.cos((centre.lat * Math.PI) / 180);
  const sine = Math.sin(radiusKm / earthRadiusKm);
  // Around a pole every longitude is near.
  if (latMin === -90 || latMax === 90 || sine >= cosine) {
    return { latMin, latMax, lonMin: -180, lonMax: 180, crossesDateLine: false };
  }
  const lonReach = (Math.asin(sine / cosine) * 180) / Math.PI;
  const west = centre.lon - lonReach;
  const east = centre.lon + lonReach;
  return {
    latMin,
    latMax,
    lonMin: west < -180 ? west + 360 : west,
    lonMax: east > 180 ? east - 360 : east,
    crossesDateLine: west < -180 || east > 180,
  };
}
