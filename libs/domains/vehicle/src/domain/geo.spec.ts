import fc from 'fast-check';
import { distanceKm } from '@autobroker/vocabulary';
import { boxAround } from './geo';

const place = fc.record({ lat: fc.double({ min: -90, max: 90, noNaN: true }), lon: fc.double({ min: -180, max: 180, noNaN: true }) });

it('the box holds every place of the circle, at the poles and across the date line too', () => {
  fc.assert(
    fc.property(place, place, fc.double({ min: 1, max: 15_000, noNaN: true }), (centre, other, radius) => {
      if (distanceKm(centre, other) > radius * 0.999_999) return;
      const box = boxAround(centre, radius);
      expect(other.lat).toBeGreaterThanOrEqual(box.latMin - 1e-9);
      expect(other.lat).toBeLessThanOrEqual(box.latMax + 1e-9);
      const inside = box.crossesDateLine ? other.lon >= box.lonMin - 1e-9 || other.lon <= box.lonMax + 1e-9 : other.lon >= box.lonMin - 1e-9 && other.lon <= box.lonMax + 1e-9;
      expect(inside).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it('distances are those of the map', () => {
  const berlin = { lat: 52.52, lon: 13.405 };
  expect(distanceKm(berlin, { lat: 48.137, lon: 11.575 })).toBeCloseTo(504, -1);
  expect(distanceKm({ lat: 0, lon: 179.9 }, { lat: 0, lon: -179.9 })).toBeCloseTo(22.2, 0);
  expect(distanceKm(berlin, berlin)).toBe(0);
});
