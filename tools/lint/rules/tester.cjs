'use strict';

const { join } = require('node:path');
const { RuleTester } = require('eslint');
const { parser } = require('typescript-eslint');

const root = join(__dirname, '..', '..', '..');

/** A file of the house by its path from the root; it need not exist. */
const at = (path, code) => ({ filename: join(root, path), code });

/** Runs a rule over TypeScript with decorators; ESLint itself fails a case that reports something else. */
const test = (name, rule, cases) => new RuleTester({ languageOptions: { parser, sourceType: 'module' } }).run(name, rule, cases);

module.exports = { at, root, test };
