import { Client, golf } from './spec-client';

let client: Client;
beforeAll(async () => {
  client = await Client.start();
  const cars: Record<string, unknown>[] = [
    { make: 'Volkswagen', model: 'Golf', price: { amount: 1_000_000, currency: 'EUR' }, year: 2018, mileage: { value: 90_000, unit: 'km' } },
    { make: 'Volkswagen', model: 'Polo', price: { amount: 1_000_000, currency: 'EUR' }, year: 2019, mileage: null, fuel: 'diesel' },
    { make: 'BMW', model: 'X5', price: null, year: 2020, power: { kw: 210 }, body: 'suv', features: ['navigation', 'panoramic_roof'] },
    { make: 'Škoda', model: 'Octavia', price: { amount: 3_000_000, currency: 'EUR' }, year: 2022, trim: 'RS', description: 'Nur Langstrecke' },
    { make: 'Ford', model: 'Mustang', price: { amount: 100_000, currency: 'USD' }, year: 2015, damage_type: 'hail', title_status: 'salvage', location: { city: 'Los Angeles', region: 'CA', country: 'US', coordinates: { lat: 34.05, lon: -118.24 } } },
    { make: 'Toyota', model: 'Hilux', price: { amount: 2_000_000, currency: 'GBP' }, year: 2017, location: { city: 'Suva', country: 'FJ', coordinates: { lat: -18.14, lon: 178.44 } } },
    { make: 'Toyota', model: 'Yaris', price: { amount: 900_000, currency: 'EUR' }, year: 2012, location: { city: 'Apia', country: 'WS', coordinates: { lat: -13.83, lon: -171.76 } }, vin: 'JTDKW923305123456' },
  ];
  for (const car of cars) expect((await client.create('operator', car)).answer.status).toBe(201);
}, 60_000);
afterAll(() => client.close());

const models = async (query: string): Promise<unknown[]> => {
  const answer = await client.get('nobody', `/vehicles?${query}`);
  expect(answer.code).toBeNull();
  expect(answer.pagination.total).toBe(answer.list.length);
  return answer.list.map((car) => car.model);
};

describe('a buyer filters', () => {
  it.each([
    ['make=volkswagen&sort=year', ['Golf', 'Polo']],
    ['make=bmw&make=FORD&sort=year', ['Mustang', 'X5']],
    ['model=golf', ['Golf']],
    ['trim=rs', ['Octavia']],
    ['year_min=2018&year_max=2019&sort=-year', ['Polo', 'Golf']],
    ['price_max=1000000&sort=price', ['Mustang', 'Yaris', 'Golf', 'Polo']],
    ['price_min=2000000&price_max=2600000', ['Hilux']],
    ['mileage_min=80000&mileage_max=100000', ['Golf']],
    ['power_min=200', ['X5']],
    ['fuel=diesel', ['Polo']],
    ['body=suv', ['X5']],
    ['damage_type=hail&title_status=salvage', ['Mustang']],
    ['feature=navigation&feature=panoramic_roof', ['X5']],
    ['country=US', ['Mustang']],
    ['region=ca', ['Mustang']],
    ['city=los%20angeles', ['Mustang']],
    ['q=langstrecke', ['Octavia']],
    ['q=skoda%20octa', ['Octavia']],
    ['has_vin=true', ['Yaris']],
    ['vin=jtdkw923305123456', ['Yaris']],
    ['has_images=true', []],
    ['status=sold', []],
    ['source=mobile', []],
    ['lat=34&lon=-118&radius_km=100', ['Mustang']],
    ['listed_since=2999-01-01T00:00:00Z', []],
    ['q=%27%3B%20drop%20table%20vehicles%20--', []],
    ['q=%26%7C!%3A*', []],
    ['make=%25', []],
  ])('by %s', async (query, expected) => {
    expect(await models(query)).toEqual(expected);
  });

  it('around a place beyond the date line, nearest first and with the distance', async () => {
    const answer = await client.get('nobody', '/vehicles?lat=-18.14&lon=179.9&radius_km=1500&sort=distance&fields=model,distance_km');
    expect(answer.list).toEqual([
      { model: 'Hilux', distance_km: expect.closeTo(154.3, 0) },
      { model: 'Yaris', distance_km: expect.closeTo(1_000, -2) },
    ]);
    const asc = answer.list.map((car) => Number(car.distance_km));
    expect(asc).toEqual([...asc].sort((a, b) => a - b));
  });

  it('by price in a currency of choice', async () => {
    const euros = await models('price_max=1000000&currency=EUR&sort=price');
    const dollars = await models('price_max=100000&currency=USD&sort=price');
    expect(euros).toContain('Golf');
    expect(dollars).toEqual(['Mustang']);
  });
});

describe('an order', () => {
  it.each(['price', '-price'])('by %s has cars without a price at the end', async (sort) => {
    expect((await models(`sort=${sort}`)).at(-1)).toBe('X5');
  });

  it.each(['price', '-price', 'mileage', '-mileage', 'power', '-power', 'year', '-listed_at', 'created_at', '-updated_at'])(
    'by %s is the same in pages of two by cursor as at once',
    async (sort) => {
      const whole = await models(`sort=${sort}`);
      const walked: unknown[] = [];
      let cursor: string | null | undefined = '';
      for (let page = 0; cursor !== null && cursor !== undefined && page < 10; page++) {
        const answer = await client.get('nobody', `/vehicles?sort=${sort}&per_page=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
        expect(answer.pagination.total).toBe(7);
        walked.push(...answer.list.map((car) => car.model));
        cursor = answer.pagination.next_cursor;
      }
      expect(walked).toEqual(whole);
    },
  );

  it('by pages of numbers agrees with it', async () => {
    const first = await client.get('nobody', '/vehicles?sort=price&per_page=3');
    const third = await client.get('nobody', '/vehicles?sort=price&per_page=3&page=3');
    expect(first.pagination).toMatchObject({ total: 7, total_pages: 3 });
    expect(third.list.map((car) => car.model)).toEqual(['X5']);
    expect(third.pagination.next_cursor).toBeNull();
  });
});

describe('a list is refused', () => {
  it.each([
    ['colour=mauve', 'validation_failed', '/query/colour/0'],
    ['wheels=4', 'validation_failed', '/query/wheels'],
    ['year_min=abc', 'validation_failed', '/query/year_min'],
    ['year_min=2020&year_max=2010', 'validation_failed', '/query/year_max'],
    ['per_page=101', 'validation_failed', '/query/per_page'],
    ['page=0', 'validation_failed', '/query/page'],
    ['page=501&per_page=20', 'page_too_deep', '/query/page'],
    ['lat=48', 'validation_failed', '/query/lon'],
    ['sort=distance', 'validation_failed', '/query/sort'],
    ['sort=colour', 'validation_failed', '/query/sort'],
    ['fields=id,secret', 'validation_failed', '/query/fields'],
    ['include=owner', 'validation_failed', '/query/include'],
    ['cursor=abc', 'invalid_cursor', '/query/cursor'],
    ['price_min=99999999999999999999', 'validation_failed', '/query/price_min'],
    ['make=%00', 'validation_failed', '/query/make'],
    ['currency=ZZZ', 'validation_failed', '/query/currency'],
  ])('for %s', async (query, code, pointer) => {
    const answer = await client.get('nobody', `/vehicles?${query}`);
    expect([answer.status, answer.code]).toEqual([400, code]);
    expect(answer.pointers).toContain(pointer);
  });

  it('for a cursor of another order or filter', async () => {
    const { pagination } = await client.get('nobody', '/vehicles?sort=price&per_page=2');
    const cursor = encodeURIComponent(pagination.next_cursor ?? '');
    expect((await client.get('nobody', `/vehicles?sort=-price&per_page=2&cursor=${cursor}`)).code).toBe('invalid_cursor');
    expect((await client.get('nobody', `/vehicles?sort=price&make=ford&per_page=2&cursor=${cursor}`)).code).toBe('invalid_cursor');
  });
});

describe('a list that was cached', () => {
  it('shows a change at once, and the same list has the same ETag', async () => {
    const before = await client.get('nobody', '/vehicles?make=lancia');
    expect(before.pagination.total).toBe(0);
    const again = await client.get('nobody', '/vehicles?make=lancia', { 'if-none-match': before.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
    const { id } = await client.create('operator', { ...golf, make: 'Lancia', model: 'Delta' });
    expect((await client.get('nobody', '/vehicles?make=lancia')).list.map((car) => car.id)).toEqual([id]);
    await client.ask('operator', 'DELETE', `/vehicles/${id}`, undefined, { 'if-match': '*' });
    expect((await client.get('nobody', '/vehicles?make=lancia')).list).toEqual([]);
  });

  it('of one tenant is never shown to another', async () => {
    const { id } = await client.create('agent', { ...golf, make: 'Lotus', model: 'Elise' });
    expect((await client.get('buyer', '/vehicles?make=lotus')).list.map((car) => car.id)).toEqual([id]);
    expect((await client.get('stranger', '/vehicles?make=lotus')).list).toEqual([]);
  });
});
