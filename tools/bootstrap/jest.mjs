import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runNode } from './lib.mjs';

/**
 * Runs Jest over every package at the given tier and ends with one plain line of counts.
 * A tier is a set of file suffixes (see jest.preset.cjs). What it says goes to the file descriptor `log`, if there is one.
 */
export const jest = async (tier, args, { env = {}, config = 'jest.config.cjs', label = tier, log } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'autobroker-jest-'));
  const report = join(folder, 'report.json');
  const code = await runNode(
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--config',
      join(root, config),
      '--json',
      `--outputFile=${report}`,
      '--testLocationInResults=false',
      ...args,
    ],
    {
      stdio: ['inherit', 'ignore', log ?? 'inherit'],
      env: {
        ...process.env,
        ...env,
        AUTOBROKER_TIER: tier,
        NODE_ENV: 'test',
        // Where one process runs every file (the engines' tier, the journeys), what each has loaded stays for long.
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-old-space-size=8192 --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
      },
    },
  );
  const counts = summary(report);
  rmSync(folder, { recursive: true, force: true });
  writeSync(log ?? 1, `\n${label}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  return { counts, code: code === 0 && counts.passed === 0 && args.length === 0 ? 1 : code };
};

const summary = (file) => {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: result.numPassedTests,
      // A file that could not even be loaded has no tests of its own to count.
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
};
