import { Column, Entity, PrimaryColumn } from 'typeorm';
import { testDatabase, type TestDatabase } from '../testing';
import { platformTables, type ServiceSchema } from '.';

@Entity({ schema: 'alpha', name: 'things' })
class Thing {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') label!: string;
}

const alpha: ServiceSchema = {
  name: 'alpha',
  entities: [Thing],
  migrations: [...platformTables('alpha'), { id: '0001-things', up: 'create table alpha.things (id uuid primary key, label text not null)' }],
};
const beta: ServiceSchema = {
  name: 'beta',
  entities: [],
  migrations: [...platformTables('beta'), { id: '0001-secrets', up: `create table beta.secrets (id int primary key); insert into beta.secrets values (42)` }],
};

describe('a service’s database', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase({ services: [alpha, beta] });
  });
  afterAll(() => test?.close());

  it('writes entities and SQL in one transaction', async () => {
    const db = test.of('alpha');
    const id = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a';
    await db.transaction(async (tx) => {
      await tx.manager.insert(Thing, { id, label: 'one' });
      await tx.query('update alpha.things set label = label || $1', ['!']);
      await tx.audit({ actor: { kind: 'system', id: null }, action: 'thing.made', object: { type: 'thing', id }, tenantId: null });
    });
    expect(await db.query('select label from alpha.things')).toEqual([{ label: 'one!' }]);
    expect(await db.query('select type from alpha.outbox')).toEqual([{ type: 'audit.recorded.v1' }]);
  });

  it('keeps a service out of another’s schema, inside transactions and outside', async () => {
    const denied = { message: expect.stringContaining('permission denied') };
    await expect(test.of('alpha').transaction((tx) => tx.query('select * from beta.secrets'))).rejects.toMatchObject(denied);
    await expect(test.of('alpha').query('select * from beta.secrets')).rejects.toMatchObject(denied);
    expect(await test.of('beta').query('select * from beta.secrets')).toEqual([{ id: 42 }]);
  });
});
