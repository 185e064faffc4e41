import fc from 'fast-check';
import { distanceKm } from '@autobroker/vocabulary';
import { boxAround, boxWithin } from './geo';

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

it('what is in the inner box is in the circle, and it is most of it', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(place, fc.double({ min: 1, max: 9_000, noNaN: true }), share, share, (centre, radius, north, east) => {
      const box = boxWithin(centre, radius);
      if (box === null) return;
      const other = { lat: box.latMin + north * (box.latMax - box.latMin), lon: box.lonMin + east * (box.lonMax - box.lonMin) };
      expect(distanceKm(centre, other)).toBeLessThanOrEqual(radius);
    }),
    { numRuns: 2_000 },
  );
  const [outer, inner] = [boxAround({ lat: 50, lon: 8 }, 400), boxWithin({ lat: 50, lon: 8 }, 400)];
  const areaOf = (box: { latMin: number; latMax: number; lonMin: number; lonMax: number } | null) => (box === null ? 0 : (box.latMax - box.latMin) * (box.lonMax - box.lonMin));
  expect(areaOf(inner) / areaOf(outer)).toBeGreaterThan(0.45);
});

it('there is no inner box across the date line or around a pole', () => {
  expect(boxWithin({ lat: 0, lon: 179.9 }, 100)).toBeNull();
  expect(boxWithin({ lat: 89.9, lon: 0 }, 100)).toBeNull();
});

it('distances are those of the map', () => {
  const berlin = { lat: 52.52, lon: 13.405 };
  expect(distanceKm(berlin, { lat: 48.137, lon: 11.575 })).toBeCloseTo(504, -1);
  expect(distanceKm({ lat: 0, lon: 179.9 }, { lat: 0, lon: -179.9 })).toBeCloseTo(22.2, 0);
  expect(distanceKm(berlin, berlin)).toBe(0);
});
