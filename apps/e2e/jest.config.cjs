const preset = require('../../jest.preset.cjs')({ displayName: 'e2e', rootDir: __dirname });

// Journeys over a running platform, started by tools/bootstrap/test-e2e.mjs, which says where it is in AUTOBROKER_RUN.
module.exports = { ...preset, testMatch: ['**/*.e2e.spec.ts'], testTimeout: 60_000 };
