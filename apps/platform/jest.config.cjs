module.exports = require('../../jest.preset.cjs')({ displayName: 'app-platform', rootDir: __dirname });
