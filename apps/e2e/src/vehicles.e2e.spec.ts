import { api, tenants, tokenOf } from './platform';

interface Vehicle {
  id: string;
  version: number;
  make: string;
  model: string;
  year: number;
  price: { amount: number; currency: string } | null;
  reference_price: { amount: number; currency: string } | null;
  status: string;
  stock: string;
}

const [home = '', foreign = ''] = tenants;
const list = async (query: string, init = {}) => {
  const answer = await api(`/api/v1/vehicles?${query}`, init);
  expect([query, answer.status, answer.body.error]).toEqual([query, 200, null]);
  return { vehicles: answer.body.data as Vehicle[], pagination: answer.body.meta.pagination ?? {}, answer };
};

const create = async (role: string, tenant: string, car: Record<string, unknown>) => {
  const answer = await api('/api/v1/vehicles', { method: 'POST', token: await tokenOf(role, tenant), json: car });
  expect([answer.status, answer.body.error]).toEqual([201, null]);
  return { vehicle: answer.body.data as Vehicle, etag: answer.headers.get('etag') ?? '', location: answer.headers.get('location') ?? '' };
};

const golf = { make: 'Volkswagen', model: 'Golf', year: 2021, mileage: { value: 42_000, unit: 'km' }, price: { amount: 1_899_000, currency: 'EUR' } };

describe('looking for a car', () => {
  it('filters, sorts and pages without gaps or repeats', async () => {
    const seen: string[] = [];
    let last = Number.POSITIVE_INFINITY;
    let query = 'sort=-price&per_page=50';
    for (;;) {
      const { vehicles, pagination } = await list(query);
      for (const vehicle of vehicles) {
        const price = vehicle.reference_price?.amount ?? -1;
        expect(price).toBeLessThanOrEqual(last);
        last = price;
        seen.push(vehicle.id);
      }
      const next = pagination['next_cursor'];
      if (typeof next !== 'string') break;
      query = `sort=-price&per_page=50&cursor=${encodeURIComponent(next)}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const { pagination } = await list('per_page=1');
    expect(seen.length).toBe(pagination['total']);
  });

  it('means any of repeated makes and all of different filters', async () => {
    const { vehicles: all } = await list('per_page=100');
    const makes = [...new Set(all.map((vehicle) => vehicle.make))].slice(0, 2);
    const { vehicles } = await list(`${makes.map((make) => `make=${encodeURIComponent(make)}`).join('&')}&year_min=2015&per_page=100`);
    expect(vehicles.length).toBeGreaterThan(0);
    for (const vehicle of vehicles) {
      expect(makes).toContain(vehicle.make);
      expect(vehicle.year).toBeGreaterThanOrEqual(2015);
    }
  });

  it('gives only the fields that are asked for', async () => {
    const { vehicles } = await list('fields=make,year&per_page=3');
    for (const vehicle of vehicles) expect(Object.keys(vehicle).sort()).toEqual(['make', 'year']);
  });

  it('answers 304 to who has it already', async () => {
    const { vehicles } = await list('per_page=1');
    const first = await api(`/api/v1/vehicles/${vehicles[0]?.id}`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"\d+-[^"]+"$/);
    const again = await api(`/api/v1/vehicles/${vehicles[0]?.id}`, { headers: { 'if-none-match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
    expect(again.headers.get('etag')).toBe(etag);
  });

  it('finds nothing rather than fails on strange words', async () => {
    for (const q of ["'; drop table vehicle.vehicles; --", '%', '\\', '🚗', '{"$gt":""}', 'ı̈̈̈̈']) {
      const answer = await api(`/api/v1/vehicles?q=${encodeURIComponent(q)}`);
      expect([q, answer.status < 500]).toEqual([q, true]);
    }
  });
});

describe('a dealer’s own car', () => {
  it('is created, read, changed, kept from overwriting and deleted', async () => {
    const token = await tokenOf('agent', home);
    const { vehicle, etag, location } = await create('agent', home, golf);
    expect(vehicle).toMatchObject({ make: 'Volkswagen', model: 'Golf', version: 1, status: 'available', stock: 'private', price: golf.price });
    expect(location.endsWith(`/api/v1/vehicles/${vehicle.id}`)).toBe(true);

    const path = `/api/v1/vehicles/${vehicle.id}`;
    const patch = (tag: string | null, price: number) =>
      api(path, { method: 'PATCH', token, json: { price: { amount: price, currency: 'EUR' } }, ...(tag === null ? {} : { headers: { 'if-match': tag } }) });
    expect((await patch(null, 1_799_000)).status).toBe(428);
    const changed = await patch(etag, 1_799_000);
    expect(changed.status).toBe(200);
    expect(changed.body.data).toMatchObject({ version: 2, price: { amount: 1_799_000, currency: 'EUR' } });
    // The second of two people who read the same version is told so.
    expect((await patch(etag, 1_699_000)).status).toBe(412);

    const read = await api(path, { token });
    expect(read.body.data).toMatchObject({ version: 2, price: { amount: 1_799_000, currency: 'EUR' } });
    const history = await api(`${path}/price-history`, { token });
    expect((history.body.data as { price: { amount: number } }[]).map((entry) => entry.price.amount)).toEqual([1_799_000, 1_899_000]);

    const gone = await api(path, { method: 'DELETE', token, headers: { 'if-match': read.headers.get('etag') ?? '' } });
    expect(gone.status).toBe(204);
    expect((await api(path, { token })).status).toBe(404);
  });

  it('does not exist for another tenant, whatever the role', async () => {
    const { vehicle, etag } = await create('agent', home, golf);
    const path = `/api/v1/vehicles/${vehicle.id}`;
    for (const role of ['buyer', 'agent', 'admin']) {
      const token = await tokenOf(role, foreign);
      expect([role, (await api(path, { token })).status]).toEqual([role, 404]);
    }
    const token = await tokenOf('admin', foreign);
    expect((await api(path, { method: 'DELETE', token, headers: { 'if-match': etag } })).status).toBe(404);
    expect((await api(path, { headers: { 'x-tenant': foreign } })).status).toBe(404);
    expect((await api(path, { headers: { 'x-tenant': home } })).status).toBe(200);
    // A signed-in person's tenant comes from the token alone.
    expect((await api(path, { token, headers: { 'x-tenant': home } })).status).toBe(404);
  });

  it('is changed by one of fifty people at once', async () => {
    const token = await tokenOf('agent', home);
    const { vehicle, etag } = await create('agent', home, golf);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        api(`/api/v1/vehicles/${vehicle.id}`, {
          method: 'PATCH',
          token,
          json: { price: { amount: 1_000_000 + index, currency: 'EUR' } },
          headers: { 'if-match': etag },
        }),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(49);
  });

  it('refuses nonsense with a pointer to each piece', async () => {
    const answer = await api('/api/v1/vehicles', {
      method: 'POST',
      token: await tokenOf('agent', home),
      json: { make: '', model: 'x'.repeat(500), year: 'new', price: { amount: 1.5, currency: 'XXQ' }, vin: 'INVALID', colour_scheme: 'red' },
    });
    expect(answer.status).toBe(400);
    const pointers = answer.body.error?.errors?.map((error) => error.pointer) ?? [];
    for (const pointer of ['/make', '/model', '/year', '/price/amount', '/price/currency', '/vin', '/colour_scheme']) expect(pointers).toContain(pointer);
  });
});

describe('the ingest', () => {
  it('takes good rows, refuses bad ones alone, and is harmless to repeat', async () => {
    const token = await tokenOf('operator', null);
    const rows = [
      { source: 'journeys', external_id: 'a-1', ...golf },
      { source: 'journeys', external_id: 'a-2', ...golf, make: '' },
      { source: 'journeys', external_id: 'a-3', ...golf, model: 'Polo' },
    ];
    const send = async () => {
      const answer = await api('/api/v1/vehicles/bulk', { method: 'POST', token, json: { vehicles: rows } });
      expect([answer.status, answer.body.error]).toEqual([200, null]);
      return answer.body.data as { summary: Record<string, number>; results: { result: string; vehicle_id: string | null; problem: { code: string } | null }[] };
    };
    const first = await send();
    expect(first.results.map((row) => row.result)).toEqual(['created', 'refused', 'created']);
    expect(first.results[1]?.problem?.code).toBe('validation_failed');
    const second = await send();
    expect(second.results.map((row) => row.result)).toEqual(['unchanged', 'refused', 'unchanged']);
    expect(second.results.map((row) => row.vehicle_id)).toEqual(first.results.map((row) => row.vehicle_id));
  });
});
