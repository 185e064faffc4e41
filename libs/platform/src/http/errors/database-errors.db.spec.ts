import { Controller } from '@nestjs/common';
import { uuidv7 } from '@autobroker/kernel';
import { Client } from 'pg';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { z } from 'zod';
import { publicRoute } from '../../auth';
import { platformTables, updateVersioned, type Database } from '../../database';
import { testDatabase, type TestDatabase } from '../../testing';
import { defineRoute, Handle } from '..';
import { startTestServer, type TestServer } from '../testing/test-server';

@Entity({ schema: 'attic', name: 'boxes' })
class Box {
  @PrimaryColumn('uuid') declare id: string;
  @Column('text') declare label: string;
  @VersionColumn({ default: 1 }) declare version: number;
}
const attic = {
  name: 'attic',
  entities: [Box],
  migrations: [
    ...platformTables('attic'),
    { id: '0001-boxes', up: 'create table attic.boxes (id uuid primary key, label text not null, version integer not null default 1)' },
  ],
};

const common = { method: 'GET', tag: 't', summary: 'Fails', access: publicRoute(), response: { status: 200, data: z.unknown() } } as const;
const stale = defineRoute({ ...common, path: '/stale' });
const missing = defineRoute({ ...common, path: '/missing' });
const slow = defineRoute({ ...common, path: '/slow' });
const broken = defineRoute({ ...common, path: '/broken' });
const away = defineRoute({ ...common, path: '/away' });

let test: TestDatabase;
let db: Database;
let server: TestServer;
const box = uuidv7();

/** As a restart of the server would. */
async function endConnections(): Promise<void> {
  const client = new Client({ connectionString: test.superUrl });
  await client.connect();
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
  await client.end();
}

@Controller()
class Routes {
  @Handle(stale)
  stale() {
    return db.transaction((tx) => updateVersioned(tx, Box, box, 7, { label: 'x' }));
  }
  @Handle(missing)
  missing() {
    return db.transaction((tx) => updateVersioned(tx, Box, uuidv7(), 1, { label: 'x' }));
  }
  @Handle(slow)
  slow() {
    return db.transaction(async (tx) => {
      await tx.query('set local statement_timeout = 50');
      return tx.query('select pg_sleep(5)');
    });
  }
  @Handle(broken)
  broken() {
    return db.query('select secret_column from attic.boxes');
  }
  @Handle(away)
  away() {
    return db.transaction(async (tx) => {
      await tx.query('select 1'); // of one that has not begun yet, a connection that is gone is replaced
      await endConnections();
      return tx.query('select 1');
    });
  }
}

beforeAll(async () => {
  test = await testDatabase({ services: [attic] });
  db = test.of('attic');
  await db.query('insert into attic.boxes (id, label) values ($1, $2)', [box, 'mine']);
  server = await startTestServer({ controllers: [Routes] });
});
afterAll(async () => {
  await server?.close();
  await test?.close();
});

/** From the real database through the real server: the codes that connect the two folders are strings. */
describe('what a caller sees of trouble with the database', () => {
  it.each([
    ['/stale', 412, 'precondition_failed', null],
    ['/missing', 404, 'not_found', null],
    ['/slow', 503, 'unavailable', '2'],
    ['/away', 503, 'unavailable', '2'],
    ['/broken', 500, 'internal_error', null],
  ])('%s is %i %s', async (path, status, code, retryAfter) => {
    const answer = await fetch(`${server.url}/api/v1${path}`);
    const text = await answer.text();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(JSON.parse(text)).toMatchObject({ data: null, error: { status, code } });
    expect(text).not.toMatch(/select|secret_column|attic|pg_|statement/i);
  });
});
