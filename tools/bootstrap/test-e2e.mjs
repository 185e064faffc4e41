// Journeys over the running platform: the same suite on both shapes, each started as a newcomer would, on data of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, main, root, sleep } from './lib.mjs';
import { jest } from './jest.mjs';

const shapes = { platform: 'start.mjs', services: 'start-services.mjs' };

const startShape = async (name, folder) => {
  const child = spawn(process.execPath, [join(root, 'tools/bootstrap', shapes[name])], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
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

main(async () => {
  const args = process.argv.slice(2);
  const only = args[0] in shapes ? [args.shift()] : Object.keys(shapes);
  const totals = { passed: 0, failed: 0, skipped: 0 };
  let code = 0;
  for (const name of only) {
    const folder = mkdtempSync(join(tmpdir(), `autobroker-e2e-${name}-`));
    try {
      const { file, stop } = await startShape(name, folder);
      try {
        const result = await jest('e2e', args, {
          config: 'apps/e2e/jest.config.cjs',
          env: { AUTOBROKER_RUN: file, AUTOBROKER_SHAPE: name },
          label: `e2e-${name}`,
        });
        code ||= result.code;
        for (const key of Object.keys(totals)) totals[key] += result.counts[key];
      } finally {
        await stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  process.stdout.write(`\ne2e: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
  return code;
});
