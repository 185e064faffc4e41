// `npm start`: the whole platform in one process, on an embedded PostgreSQL unless DATABASE_URL names another.
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { keepPostgres } from './kept-postgres.mjs';
import { CommandError, build, choosePort, dataFolder, main, root, runNode } from './lib.mjs';
import { claimDataFolder, localSecrets, resetDataFolder, startApp, stopApp, writeJson } from './local.mjs';
import { keepSandbox, sandboxLines, wantsSandbox } from './sandbox-process.mjs';

const require = createRequire(import.meta.url);
const say = (line) => process.stdout.write(`${line}\n`);

/** One for each service there is; derived, so that they are the same at every start and nothing more has to be kept. */
const servicePasswords = (secret) =>
  require('@autobroker/contracts').services.map((name) => `${name}:${createHmac('sha256', secret).update(`database role of ${name}`).digest('base64url')}`).join(',');

const options = () => {
  try {
    const { values } = parseArgs({
      options: { reset: { type: 'boolean' }, 'no-demo': { type: 'boolean' }, services: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    return values;
  } catch (error) {
    throw new CommandError(`${error.message}\nusage: npm start [-- --reset] [-- --no-demo]`);
  }
};

main(async () => {
  const began = performance.now();
  const chosen = options();
  if (chosen.help) {
    say('npm start              start on the data of the last run');
    say('npm start -- --reset   begin anew: removes the data of earlier runs');
    say('npm start -- --no-demo leave out the demo tenants, accounts and cars');
    return 0;
  }
  const folder = dataFolder();
  const lock = await claimDataFolder(folder, say);
  const closing = [];
  const stopped = Promise.withResolvers();
  let stopping = false;
  const requestStop = (code, why) => {
    if (stopping) return;
    stopping = true;
    lock.markStopping();
    if (why !== undefined) say(why);
    stopped.resolve(code);
  };
  process.on('SIGINT', () => requestStop(0, '\nStopping …'));
  process.on('SIGTERM', () => requestStop(0, 'Stopping …'));
  process.on('SIGHUP', () => requestStop(0));

  try {
    if (chosen.reset) resetDataFolder(folder);
    const { port, moved } = await choosePort('PORT', process.env.PORT, 4000);
    if (moved) say(`Port 4000 is in use; taking ${port} instead.`);
    await build();

    const env = {
      AUTOBROKER_DATA: folder,
      ...localSecrets(folder),
      LOG_LEVEL: 'warning',
      // What is set in the environment wins over the local defaults.
      ...process.env,
      PORT: String(port),
    };
    // The outside world comes up beside the database, and is needed only when the services start.
    const outside = wantsSandbox()
      ? keepSandbox({ folder, say, onStart: (pid) => lock.addChild(pid), onGiveUp: (why) => say(`${why}. Going on without the outside world.`) })
      : Promise.resolve(undefined);
    // Stopped after everybody who follows its clock.
    closing.push(async () => (await outside.catch(() => undefined))?.stop());
    // Awaited below; a failure in between must not count as nobody's.
    outside.catch(() => {});

    if ((process.env.DATABASE_URL ?? '') === '') {
      const postgres = await keepPostgres({
        dataDir: join(folder, 'postgres'),
        say,
        onStart: (pid) => lock.addChild(pid),
        onGiveUp: (why) => requestStop(1, `\n${why}; stopping the rest.`),
      });
      closing.push(postgres.stop);
      env.DATABASE_URL = postgres.url;
      if (chosen.services) env.DATABASE_SERVICE_PASSWORDS = servicePasswords(env.INTERNAL_SECRET);
    }
    if (stopping) return await stopped.promise;

    const prepared = await runNode([join(root, 'apps/platform/dist/prepare.js')], {
      env: { ...env, DEMO_SEED: chosen['no-demo'] ? 'false' : (env.DEMO_SEED ?? 'true') },
    });
    if (prepared !== 0) throw new CommandError('The database could not be prepared; the reason is above.');
    if (stopping) return await stopped.promise;

    const sandbox = await outside;
    if (sandbox !== undefined) env.SANDBOX_URL = sandbox.url;
    if (stopping) return await stopped.promise;

    const { launch } = await import(chosen.services ? './shape-services.mjs' : './shape-platform.mjs');
    const running = await launch({ env, port, lock, startApp, stopApp, onExit: (label, code, signal) => {
      if (!stopping) requestStop(1, `\n${label} ended by itself (${signal ?? `exit code ${code}`}); stopping the rest. Its log is above.`);
    } });
    closing.push(running.stop);

    const installation = join(folder, 'installation.json');
    const accounts = existsSync(installation) ? JSON.parse(readFileSync(installation, 'utf8')).accounts : [];
    const base = `http://localhost:${port}`;
    const urls = { api: base, openapi: `${base}/api/v1/openapi.json`, docs: `${base}/api/docs`, health: `${base}/health/ready`, ...running.urls, ...(sandbox === undefined ? {} : { sandbox: sandbox.url, ...sandbox.vendors }) };
    writeJson(join(folder, 'run.json'), { urls, pid: process.pid, accounts });
    welcome({ urls, accounts, sandbox, folder, seconds: (performance.now() - began) / 1000 });
    return await stopped.promise;
  } finally {
    stopping = true;
    for (const close of closing.reverse()) await close().catch((error) => process.stderr.write(`${error?.stack ?? error}\n`));
    lock.release();
  }
});

const welcome = ({ urls, accounts, sandbox, folder, seconds }) => {
  const rows = accounts.map((account) => [account.role, account.tenant ?? '(installation)', account.email]);
  const width = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column].length)));
  say('');
  say(`Autobroker is running (${seconds.toFixed(1)} s).`);
  say('');
  say(`  API              ${urls.api}/api/v1`);
  say(`  API reference    ${urls.docs}`);
  say(`  OpenAPI          ${urls.openapi}`);
  say(`  Health           ${urls.health}`);
  say(`  Data             ${folder}`);
  if (sandbox !== undefined) {
    say('');
    say('  The outside world, played by the sandbox');
    for (const line of sandboxLines(sandbox)) say(`    ${line}`);
  }
  if (rows.length > 0) {
    say('');
    say(`  ${accounts.length > 1 ? 'Demo accounts' : 'Account'}, password ${accounts[0].password}`);
    for (const [role, tenant, email] of rows) say(`    ${role.padEnd(width[0])}  ${tenant.padEnd(width[1])}  ${email}`);
  }
  say('');
  say('  Stop with Ctrl-C; the data stays. Begin anew: npm start -- --reset');
  say('');
};
