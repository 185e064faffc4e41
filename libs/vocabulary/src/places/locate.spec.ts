import { distanceKm } from './distance';
import { locate, type Located, type PlaceWords } from './locate';

const near = (place: Located, lat: number, lon: number, km: number): void => {
  expect(place.lat === null || place.lon === null ? Infinity : distanceKm({ lat: place.lat, lon: place.lon }, { lat, lon })).toBeLessThan(km);
};

describe('where a car stands', () => {
  it.each<[PlaceWords, string, number, number, number]>([
    [{ city: '80331 München', country: 'DE' }, 'München, Bayern, DE, postal', 48.14, 11.58, 15],
    [{ city: 'Munich', country: 'Germany' }, 'München, Bayern, DE, city', 48.14, 11.58, 5],
    [{ city: 'Muenchen', country: 'Deutschland' }, 'München, Bayern, DE, city', 48.14, 11.58, 5],
    [{ city: 'DE-70173 Stuttgart' }, 'Stuttgart, Baden-Württemberg, DE, postal', 48.78, 9.18, 15],
    [{ city: 'Cologne', country: 'DE' }, 'Köln, Nordrhein-Westfalen, DE, city', 50.94, 6.96, 5],
    [{ city: 'Denver, CO' }, 'Denver, CO, US, city', 39.74, -104.98, 5],
    [{ city: 'Denver', region: 'Colorado', country: 'US', postalCode: '80202' }, 'Denver, CO, US, postal', 39.75, -105, 3],
    [{ city: 'Springfield', region: 'IL', country: 'US' }, 'Springfield, IL, US, city', 39.8, -89.65, 5],
    [{ city: 'Springfield, MO' }, 'Springfield, MO, US, city', 37.21, -93.29, 5],
    [{ city: 'TX - DALLAS' }, 'Dallas, TX, US, city', 32.78, -96.8, 5],
    [{ city: 'St. Louis', region: 'MO', country: 'US' }, 'St. Louis, MO, US, city', 38.63, -90.2, 10],
    [{ city: 'Toronto, ON M5V 2T6' }, 'Toronto, ON, CA, postal', 43.65, -79.4, 15],
    [{ city: 'Bolton, Greater Manchester', country: 'GB' }, 'Bolton, England, GB, city', 53.58, -2.43, 5],
    [{ postalCode: 'SW1A 1AA' }, '-, England, GB, postal', 51.5, -0.14, 12],
    [{ postalCode: '69001', country: 'FR' }, '-, Auvergne-Rhône-Alpes, FR, postal', 45.76, 4.84, 10],
    [{ postalCode: '10115', country: 'DE' }, '-, Berlin, DE, postal', 52.53, 13.38, 15],
    [{ city: 'Rome', country: 'IT' }, 'Roma, Lazio, IT, city', 41.9, 12.5, 5],
    [{ city: 'Zürich', postalCode: '8001', country: 'CH' }, 'Zürich, Zürich, CH, postal', 47.37, 8.54, 5],
    [{ city: 'Warsaw', country: 'PL' }, 'Warszawa, Mazowieckie, PL, city', 52.23, 21.01, 5],
    [{ city: 'Sevilla', country: 'España' }, 'Sevilla, Andalucía, ES, city', 37.38, -5.98, 5],
    [{ city: 'Brussels', country: 'BE' }, 'Brussel, Brussel, BE, city', 50.85, 4.35, 5],
    [{ city: 'Dublin', country: 'IE' }, 'Dublin, Leinster, IE, city', 53.33, -6.25, 5],
    [{ city: 'Nowhereville', region: 'Texas', country: 'US' }, 'Nowhereville, TX, US, region', 31, -97.6, 150],
    [{ country: 'Austria' }, '-, -, AT, country', 47.6, 14.1, 250],
  ])('%j', (words, expected, lat, lon, km) => {
    const place = locate(words);
    expect([place.city ?? '-', place.region ?? '-', place.country ?? '-', place.precision].join(', ')).toBe(expected);
    near(place, lat, lon, km);
  });

  it("believes the source's own coordinates, unless they are nonsense", () => {
    expect(locate({ city: 'München', country: 'DE', lat: 48.1, lon: 11.5 })).toMatchObject({ lat: 48.1, lon: 11.5, precision: 'exact', city: 'München' });
    expect(locate({ city: 'München', country: 'DE', lat: 0, lon: 0 }).precision).toBe('city');
    expect(locate({ city: 'München', country: 'DE', lat: 99, lon: 11 }).precision).toBe('city');
  });

  it('believes the town where its code lies far away', () => {
    near(locate({ city: 'Hamburg', postalCode: '80331', country: 'DE' }), 53.55, 10, 10);
  });

  it('says so when it does not know', () => {
    expect(locate({})).toEqual({ city: null, region: null, postalCode: null, country: null, lat: null, lon: null, precision: 'none' });
    expect(locate({ city: 'Xyzzyville' })).toMatchObject({ city: 'Xyzzyville', country: null, precision: 'none' });
    expect(locate({ city: 'Tokyo', country: 'JP' })).toMatchObject({ city: 'Tokyo', country: 'JP', precision: 'none' });
  });

  it('measures distances', () => {
    expect(Math.round(distanceKm({ lat: 48.14, lon: 11.58 }, { lat: 52.52, lon: 13.4 }))).toBe(504);
    expect(distanceKm({ lat: 1, lon: 1 }, { lat: 1, lon: 1 })).toBe(0);
  });
});
