module.exports = require('../../jest.preset.cjs')({ displayName: 'gbt', rootDir: __dirname });
