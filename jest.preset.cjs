/**
 * What every package's jest.config.cjs builds on: sources by the workspace's own export condition, swc instead of tsc,
 * and Node's own loader for packages that ship ES modules only (NODE_OPTIONS=--experimental-vm-modules).
 * `*.engines.spec.ts` need real servers and run with `npm run test:engines` (AUTOBROKER_TIER=engines).
 */
const tier = process.env.AUTOBROKER_TIER ?? 'embedded';

/** @type {(options: { displayName: string, rootDir: string }) => import('jest').Config} */
module.exports = ({ displayName, rootDir }) => ({
  displayName,
  rootDir,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@autobroker/source', 'node', 'require', 'default'] },
  testMatch: tier === 'engines' ? ['**/*.engines.spec.ts'] : ['**/*.spec.ts', '**/*.spec.cjs', '**/*.spec.mjs'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(tier === 'engines' ? [] : ['\\.engines\\.spec\\.ts$'])],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json', 'node'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2024',
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
        swcrc: false,
      },
    ],
  },
  testTimeout: 60_000,
});
