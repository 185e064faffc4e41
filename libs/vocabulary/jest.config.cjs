module.exports = require('../../jest.preset.cjs')({ displayName: 'vocabulary', rootDir: __dirname });
