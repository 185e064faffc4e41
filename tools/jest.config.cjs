const preset = require('../jest.preset.cjs')({ displayName: 'tools', rootDir: __dirname });

// The fixtures of the lint rules contain specs that are wrong on purpose.
module.exports = { ...preset, testPathIgnorePatterns: [...preset.testPathIgnorePatterns, '/lint/fixtures/'] };
