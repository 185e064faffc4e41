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

/** A box that lies wholly in the circle, or `null` where none is simple: what is in it need not be measured. */
export function boxWithin(centre: Coordinates, radiusKm: number): Omit<Box, 'crossesDateLine'> | null {
  const around = boxAround(centre, radiusKm);
  if (around.crossesDateLine || around.lonMin === -180) return null;
  // A little less than the half of the square, for what rounding may take.
  const latReach = (0.999 * radiusKm) / Math.SQRT2 / kmPerDegree;
  const [latMin, latMax] = [centre.lat - latReach, centre.lat + latReach];
  // Between two latitudes the circle is narrowest at one of them.
  const lonReach = 0.999 * Math.min(lonReachAt(latMin, centre.lat, radiusKm), lonReachAt(latMax, centre.lat, radiusKm));
  return { latMin, latMax, lonMin: centre.lon - lonReach, lonMax: centre.lon + lonReach };
}

/** How far a circle reaches east and west at a latitude that it crosses. */
function lonReachAt(lat: number, centreLat: number, radiusKm: number): number {
  const [here, there] = [(lat * Math.PI) / 180, (centreLat * Math.PI) / 180];
  const cosine = (Math.cos(radiusKm / earthRadiusKm) - Math.sin(here) * Math.sin(there)) / (Math.cos(here) * Math.cos(there));
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}
