import { uuidv7 } from '@autobroker/kernel';
import { connectDirect, migrate } from '@autobroker/platform/database';
import { createTestDatabase } from '@autobroker/platform/testing';
import { vehicleBench, vehicleSchema } from '../testing';
import { vehicleMigrations } from './migrations';

const before = vehicleMigrations.findIndex(({ id }) => id === '0012-search-beside-facts');
const older = { ...vehicleSchema, migrations: vehicleSchema.migrations.slice(0, vehicleSchema.migrations.length - vehicleMigrations.length + before) };

/** As releases before the migration wrote a car: its words with the details. */
const writeOld = (id: string, words: string): string => `
with v as (
  insert into vehicle.vehicles (id, version, year, image_count, listed_at, created_at, updated_at, status, make_key, model_key, condition, damage_type, title_status, make, model)
  values ('${id}', 1, 2020, 0, now(), now(), now(), 'available', 'fiat', 'panda', 'used', 'none', 'clean', 'Fiat', 'Panda')
)
insert into vehicle.vehicle_details (vehicle_id, search) values ('${id}', to_tsvector('simple', '${words}'))`;

it('cars that were there, and those that an older release still writes, are found by their words', async () => {
  const { url, drop } = await createTestDatabase([older]);
  const client = await connectDirect({ url, applicationName: 'spec' });
  try {
    const [there, late] = [uuidv7(), uuidv7()];
    await client.query(writeOld(there, 'fiat panda'));
    await migrate({ url, applicationName: 'spec' }, [vehicleSchema]);
    await client.query(writeOld(late, 'fiat zebra'));
    const found = async (word: string) => (await client.query<{ id: string }>(`select id from vehicle.vehicles where search @@ $1::tsquery order by id`, [word])).rows.map(({ id }) => id);
    expect(await found('panda')).toEqual([there]);
    expect(await found('zebra')).toEqual([late]);
    await client.query(`update vehicle.vehicle_details set search = to_tsvector('simple', 'fiat lion') where vehicle_id = $1`, [late]);
    expect([await found('zebra'), await found('lion')]).toEqual([[], [late]]);
  } finally {
    await client.end();
    await drop();
  }
});

it('and what this release says of a car that an older one has written is what it is found by', async () => {
  const bench = await vehicleBench();
  try {
    const id = uuidv7();
    await bench.db.query(writeOld(id, 'fiat panda'));
    await bench.db.transaction(async (tx) => {
      const car = (await bench.store.lock(tx, [id])).get(id);
      if (car === undefined) throw new Error('the car is not there');
      await bench.store.save(tx, [{ ...car, version: 2, facts: { ...car.facts, model: 'Zebra' } }]);
    });
    const found = (word: string) => bench.db.query('select id from vehicle.vehicles where search @@ $1::tsquery', [word]);
    expect([await found('panda'), await found('zebra')]).toEqual([[], [{ id }]]);
  } finally {
    await bench.close();
  }
});
