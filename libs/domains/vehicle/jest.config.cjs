module.exports = require('../../../jest.preset.cjs')({ displayName: 'vehicle', rootDir: __dirname });
