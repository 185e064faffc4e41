import { chmodSync, chownSync, copyFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority, type Authority, type ServerCertificate } from '../../../../../tools/engines/certificates.mjs';
import { startPostgres, testSettings, type PostgresServer } from '../../../../../tools/engines/postgres.mjs';
import { loadConfig } from '../../config';
import { createPostgresJobsBackend } from '../../jobs';
import { databaseConfig, DatabaseHost, databaseSettings, migrate } from '..';
import { sample } from './sample';

let folder: string;
let ours: Authority;
let strangers: Authority;
let postgres: PostgresServer;
let elsewhere: ServerCertificate;
const hosts: DatabaseHost[] = [];

/** The server reads its key only as the account that owns its data. */
async function startWith({ keyFile, certFile }: ServerCertificate): Promise<PostgresServer> {
  const dataDir = join(folder, 'data');
  for (const [from, name] of [[keyFile, 'spec.key'], [certFile, 'spec.pem']] as const) {
    const to = join(dataDir, name);
    copyFileSync(from, to);
    const { uid, gid } = statSync(dataDir);
    if (process.getuid?.() === 0) chownSync(to, uid, gid);
    chmodSync(to, 0o600);
  }
  return startPostgres({ dataDir, durable: false, settings: { ...testSettings, ssl: 'on', ssl_key_file: 'spec.key', ssl_cert_file: 'spec.pem' } });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autobroker-tls-'));
  chmodSync(folder, 0o755); // as root the server runs under another account
  [ours, strangers] = await Promise.all([makeAuthority(folder, 'ours'), makeAuthority(folder, 'strangers')]);
  elsewhere = await ours.issue('elsewhere');
  const plain = await startPostgres({ dataDir: join(folder, 'data'), durable: false, settings: testSettings });
  await plain.stop();
  postgres = await startWith(await ours.issue('localhost'));
}, 120_000);
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});
afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

const settingsOf = (tls: 'off' | 'on' | 'no-verify', ca?: string) =>
  databaseSettings(
    loadConfig(databaseConfig, { DATABASE_URL: postgres.url.replace('127.0.0.1', 'localhost'), DATABASE_TLS: tls, ...(ca === undefined ? {} : { DATABASE_TLS_CA: ca }) }),
    'tls-spec',
  );
const open = async (tls: 'off' | 'on' | 'no-verify', ca?: string): Promise<DatabaseHost> => {
  const host = await DatabaseHost.open(settingsOf(tls, ca), [sample]);
  hosts.push(host);
  return host;
};
const encrypted = async (host: DatabaseHost): Promise<boolean | undefined> =>
  (await host.connections.pool.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).rows[0]?.ssl;

describe('PostgreSQL behind TLS', () => {
  it('is spoken to when the right authority vouches for it: by the pool, past it, and by jobs', async () => {
    const host = await open('on', ours.caFile);
    expect(await encrypted(host)).toBe(true);
    const direct = await host.connectDirect();
    expect((await direct.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).rows).toEqual([{ ssl: true }]);
    await direct.end();
    const { url, tls } = settingsOf('on', ours.caFile);
    await migrate({ url, applicationName: 'tls-spec', tls }, [sample]);
    expect(await host.of('sample').transaction((tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
    const jobs = createPostgresJobsBackend({ connection: { connectionString: url, ssl: { ...tls } } });
    await jobs.ready();
    await jobs.ping();
    await jobs.close();
  });

  it('is refused when a stranger would have to vouch for it, or nobody does', async () => {
    await expect(open('on', strangers.caFile)).rejects.toThrow(/certificate/i);
    await expect(open('on')).rejects.toThrow(/certificate/i);
  });

  it('is not checked where that was asked for, and still not overheard', async () => {
    expect(await encrypted(await open('no-verify'))).toBe(true);
    expect(await encrypted(await open('off'))).toBe(false);
  });

  it('is refused under a name that its certificate does not carry', async () => {
    await postgres.stop();
    postgres = await startWith(elsewhere);
    await expect(open('on', ours.caFile)).rejects.toThrow(/altnames|hostname/i);
  });
});
