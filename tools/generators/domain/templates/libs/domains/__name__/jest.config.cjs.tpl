module.exports = require('../../../jest.preset.cjs')({ displayName: '{{name}}', rootDir: __dirname });
