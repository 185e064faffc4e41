import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startPostgres, testSettings, type PostgresServer } from '../../../../../tools/engines/postgres.mjs';
import { DatabaseHost, migrate, type Database } from '..';
import { sample } from './sample';

/** A real pair: a primary, and a standby that streams from it. */
const folder = mkdtempSync(join(tmpdir(), 'autobroker-replica-'));
const settings = {
  ...testSettings,
  wal_level: 'replica',
  max_wal_senders: 4,
  hot_standby: 'on',
  wal_receiver_timeout: '2s',
};
let primary: PostgresServer;
let standby: PostgresServer;
let host: DatabaseHost;
let db: Database;

const start = (name: string, port = 0): Promise<PostgresServer> =>
  startPostgres({ dataDir: join(folder, name), durable: false, port, settings });

async function asSuper(server: PostgresServer, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(server.superUrl);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** What pg_basebackup does, with the server's own functions. */
async function copyPrimary(): Promise<void> {
  appendFileSync(join(folder, 'primary', 'pg_hba.conf'), 'host replication all 127.0.0.1/32 scram-sha-256\n');
  const client = new Client(primary.superUrl);
  await client.connect();
  await client.query('select pg_reload_conf()');
  await client.query(`select pg_backup_start('copy', true)`);
  const leftOut = /\/(postmaster\.(pid|opts)|autobroker\.owner|server\.log)$|\/pg_wal\/.+/;
  cpSync(join(folder, 'primary'), join(folder, 'standby'), { recursive: true, filter: (path) => !leftOut.test(path) });
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
  await client.end();
  writeFileSync(join(folder, 'standby', 'backup_label'), rows[0]?.labelfile ?? '');
  writeFileSync(join(folder, 'standby', 'standby.signal'), '');
  const { port, password } = new URL(primary.superUrl);
  appendFileSync(
    join(folder, 'standby', 'postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres password=${password}'\n`,
  );
  if (process.getuid?.() === 0) await giveToServersAccount();
}

/** As root the servers run as somebody else, to whom the copy must belong. */
async function giveToServersAccount(): Promise<void> {
  const { lchownSync, readdirSync, statSync } = await import('node:fs');
  const { uid, gid } = statSync(join(folder, 'primary'));
  const copy = join(folder, 'standby');
  for (const name of ['.', ...readdirSync(copy, { recursive: true, encoding: 'utf8' })])
    lchownSync(join(copy, name), uid, gid);
}

const eventually = async (what: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + 15_000;
  while (!(await what())) {
    if (performance.now() > end) throw new Error('did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Whether a read was answered by the standby. */
const fromStandby = async (): Promise<boolean> =>
  (await db.read<{ standby: boolean }>('select pg_is_in_recovery() as standby'))[0]?.standby === true;

beforeAll(async () => {
  primary = await start('primary');
  await migrate({ url: primary.url, applicationName: 'spec' }, [sample]);
  await copyPrimary();
  standby = await start('standby');
  host = await DatabaseHost.open(
    { url: primary.url, replicaUrl: standby.url, replicaMaxLagMs: 500, replicaCheckMs: 50, applicationName: 'spec' },
    [sample],
  );
  db = host.of('sample');
}, 60_000);
afterAll(async () => {
  await host?.close();
  await standby?.stop();
  await primary?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a read replica', () => {
  const id = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a';

  it('answers reads, under the service’s role, while writes go to the primary', async () => {
    await eventually(fromStandby);
    await db.query(`insert into sample.things (id, tenant_id, label) values ($1, $1, 'copied')`, [id]);
    await eventually(async () => (await db.read('select 1 from sample.things where id = $1', [id])).length === 1);
    expect(await db.read('select current_user::text as who')).toEqual([{ who: 'autobroker_sample' }]);
    expect((await host.health()).replica).toBe('fresh');
    await expect(db.read('select nonsense')).rejects.toThrow('nonsense');
  });

  it('prepares statements by name, and a migration in between costs no read', async () => {
    const read = () => db.read('select * from sample.things where id = $1', [id], { name: 'one_thing' });
    await eventually(fromStandby);
    expect(await read()).toHaveLength(1);
    const [kept] = await db.read<{ count: number }>(`select count(*)::int as count from pg_prepared_statements where name = 'one_thing' and pg_is_in_recovery()`);
    expect(kept?.count).toBe(1);
    await asSuper(primary, 'alter table sample.things add column extra text');
    await eventually(async () => 'extra' in ((await read())[0] ?? {}));
    await asSuper(primary, 'alter table sample.things drop column extra');
    await eventually(async () => !('extra' in ((await read())[0] ?? {})));
  });

  it('costs no read that has to give way to what it replays: the primary answers', async () => {
    await eventually(fromStandby);
    await asSuper(
      primary,
      `create function sample.where_it_is() returns text language plpgsql as $body$ begin
         if not pg_is_in_recovery() then return 'primary'; end if;
         raise exception 'canceling statement due to conflict with recovery' using errcode = '40001';
       end $body$`,
    );
    await eventually(async () => (await db.read(`select 1 from pg_proc where proname = 'where_it_is' and pg_is_in_recovery()`)).length === 1);
    expect(await db.read('select sample.where_it_is() as place')).toEqual([{ place: 'primary' }]);
    expect((await host.health()).replica).toBe('fresh');
  });

  it('sets no role on connections that a pooler lends to others', async () => {
    const pooled = await DatabaseHost.open(
      { url: primary.url, directUrl: `${primary.url}?pooled=1`, replicaUrl: standby.url, applicationName: 'spec-pooled' },
      [sample],
    );
    try {
      const login = decodeURIComponent(new URL(primary.url).username);
      const who = 'select current_user::text as who, pg_is_in_recovery() as standby';
      expect(await pooled.of('sample').read(who)).toEqual([{ who: login, standby: true }]);
    } finally {
      await pooled.close();
    }
  });

  it('is left out while it lags, and used again when it has caught up', async () => {
    await asSuper(standby, 'select pg_wal_replay_pause()');
    await db.query(`update sample.things set label = 'newer' where id = $1`, [id]);
    await eventually(async () => !(await fromStandby()));
    expect(await db.read('select label from sample.things where id = $1', [id])).toEqual([{ label: 'newer' }]);
    await asSuper(standby, 'select pg_wal_replay_resume()');
    await eventually(fromStandby);
  });

  it('costs no read when it goes away, and comes back by itself', async () => {
    const reads: Promise<unknown>[] = [];
    const reading = setInterval(() => reads.push(db.read('select pg_sleep(0.01), count(*) from sample.things')), 5);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await standby.stop();
    await new Promise((resolve) => setTimeout(resolve, 200));
    clearInterval(reading);
    const outcomes = await Promise.allSettled(reads);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect((await host.health()).replica).toBe('away');
    standby = await start('standby', standby.port);
    await eventually(fromStandby);
  });
});
