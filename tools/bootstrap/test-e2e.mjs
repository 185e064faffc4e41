// Journeys over the running platform: the same suite on both shapes, each started as a newcomer would, on data of its own.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, build, main, root, sleep } from './lib.mjs';
import { jest } from './jest.mjs';

const shapes = { platform: 'start.mjs', services: 'start-services.mjs' };

const startShape = async (name, folder, log) => {
  const child = spawn(process.execPath, [join(root, 'tools/bootstrap', shapes[name])], {
    cwd: root,
    stdio: ['ignore', log ?? 'inherit', log ?? 'inherit'],
    // A port of the suite's own choice would be an explicit wish; without one the next free port is taken. The catalogue
    // stands still: the journeys in which the outside world moves start a platform of their own.
    env: { ...process.env, PORT: '', AUTOBROKER_DATA: folder, LOG_LEVEL: process.env.LOG_LEVEL ?? 'warning', RATE_LIMIT_SCALE: '1000', SANDBOX: 'off' },
  });
  const file = join(folder, 'run.json');
  for (let waited = 0; !existsSync(file); waited += 100) {
    if (child.exitCode !== null) throw new CommandError(`The ${name} shape did not start.`);
    if (waited > 180_000) throw new CommandError(`The ${name} shape was not up after three minutes.`);
    await sleep(100);
  }
  const stop = async () => {
    const gone = child.exitCode !== null ? Promise.resolve() : new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
  };
  return { file, run: JSON.parse(readFileSync(file, 'utf8')), stop };
};

/** The whole suite on one shape; what is said goes to the file descriptor `log`, if there is one. */
const journeysOn = async (name, args, log) => {
  const folder = mkdtempSync(join(tmpdir(), `autobroker-e2e-${name}-`));
  try {
    const { file, stop } = await startShape(name, folder, log);
    try {
      return await jest('e2e', args, {
        config: 'apps/e2e/jest.config.cjs',
        env: { AUTOBROKER_RUN: file, AUTOBROKER_SHAPE: name },
        label: `e2e-${name}`,
        log,
      });
    } finally {
      await stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The same beside another: what it says is kept until that is over, so that each can be read in one piece. */
const journeysBeside = async (other, name, args) => {
  const folder = mkdtempSync(join(tmpdir(), `autobroker-e2e-log-${name}-`));
  const file = join(folder, 'log');
  const log = openSync(file, 'a');
  try {
    return await journeysOn(name, args, log);
  } finally {
    await other.catch(() => {});
    closeSync(log);
    process.stdout.write(readFileSync(file));
    rmSync(folder, { recursive: true, force: true });
  }
};

main(async () => {
  const args = process.argv.slice(2);
  const [one, ...others] = args[0] in shapes ? [args.shift()] : Object.keys(shapes);
  await build();
  const first = journeysOn(one, args);
  // The journeys wait for servers more than half of the time: on two processors both shapes run at once.
  const atOnce = availableParallelism() > 1;
  const rest = others.map((name) => (atOnce ? journeysBeside(first, name, args) : first.catch(() => {}).then(() => journeysOn(name, args))));
  const outcomes = await Promise.allSettled([first, ...rest]);
  const lost = outcomes.find(({ status }) => status === 'rejected');
  if (lost !== undefined) throw lost.reason;
  const results = outcomes.map(({ value }) => value);
  const total = (key) => results.reduce((sum, { counts }) => sum + counts[key], 0);
  process.stdout.write(`\ne2e: ${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped\n`);
  return results.find(({ code }) => code !== 0)?.code ?? 0;
});
