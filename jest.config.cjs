// Every package in one run, so that all of them share the workers. A package alone: `npx jest -c libs/kernel/jest.config.cjs`.
const { globSync } = require('node:fs');
const { availableParallelism } = require('node:os');

const packages = ['libs/*/jest.config.cjs', 'libs/domains/*/jest.config.cjs', 'apps/sandbox/jest.config.cjs', 'apps/platform/jest.config.cjs', 'tools/jest.config.cjs'];
// On real servers whole apps are driven, too; other journeys need a platform that runs (npm run test:e2e).
if (process.env.AUTOBROKER_TIER === 'engines') packages.push('apps/e2e/jest.config.cjs');

module.exports = {
  projects: globSync(packages, { cwd: __dirname }).map((file) => `<rootDir>/${file}`),
  // As many as there are processors, and two at least: half of what the long specs do is waiting for a server.
  maxWorkers: Math.max(2, availableParallelism()),
  testSequencer: '<rootDir>/tools/jest/longest-first.cjs',
  // Each worker begins anew when it has grown to this.
  workerIdleMemoryLimit: '2GB',
  // Of the run as a whole: Jest takes no time limit from a project. Generous, for machines that are busy otherwise too.
  testTimeout: 60_000,
};
