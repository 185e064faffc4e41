import { Column, Entity, Index, PrimaryColumn, VersionColumn } from 'typeorm';
import { platformTables, TenantRepository, type ServiceSchema } from '..';

/** A small service for the specs of this folder. */
@Entity({ schema: 'sample', name: 'things' })
@Index('things_open_label', { synchronize: false }) // the migration has the last word on partial and expression indexes
export class Thing {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'tenant_id' }) tenantId!: string;
  @Column('text') label!: string;
  @Column('integer', { default: 0 }) amount!: number;
  @VersionColumn({ default: 1 }) version!: number;
}

export class ThingRepository extends TenantRepository<Thing> {
  constructor() {
    super(Thing);
  }
}

export const sample: ServiceSchema = {
  name: 'sample',
  entities: [Thing],
  migrations: [
    ...platformTables('sample'),
    {
      id: '0001-things',
      up: `create table sample.things (
             id uuid primary key,
             tenant_id uuid not null,
             label text not null,
             amount integer not null default 0,
             version integer not null default 1
           );
           create index things_open_label on sample.things (label) where amount = 0;`,
    },
  ],
};

export const other: ServiceSchema = {
  name: 'other',
  entities: [],
  migrations: [
    ...platformTables('other'),
    {
      id: '0001-secrets',
      up: 'create table other.secrets (id int primary key); insert into other.secrets values (42)',
    },
  ],
};
