const preset = require('../../jest.preset.cjs')({ displayName: 'e2e', rootDir: __dirname });

// Journeys over a running platform, started by tools/bootstrap/test-e2e.mjs, which says where it is in AUTOBROKER_RUN.
// The engines tier instead starts the built apps itself, on real servers that it stops and starts.
const engines = process.env.AUTOBROKER_TIER === 'engines';
module.exports = { ...preset, testMatch: engines ? preset.testMatch : ['**/*.e2e.spec.ts'], testTimeout: 60_000 };
