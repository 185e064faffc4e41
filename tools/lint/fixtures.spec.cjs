'use strict';

const { readFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { ESLint } = require('eslint');
const plugin = require('./plugin.cjs');

const house = join(__dirname, 'fixtures');
const expectedOf = (file) => {
  const [, list] = /^\/\/ fires: (.+)$/mu.exec(readFileSync(file, 'utf8').split('\n', 1)[0]) ?? [];
  return list === undefined ? [] : list.split(', ').sort();
};

describe('the real configuration, over a small house with faults', () => {
  /** @type {import('eslint').ESLint.LintResult[]} */
  let results = [];

  beforeAll(async () => {
    const eslint = new ESLint({ cwd: house, overrideConfigFile: join(__dirname, '..', '..', 'eslint.config.mjs'), ignorePatterns: ['!**/*'] });
    results = await eslint.lintFiles(['**/*.ts']);
  }, 120_000);

  it('breaks in each file exactly the rules that its first line names', () => {
    const found = results.map(({ filePath, messages }) => [relative(house, filePath), [...new Set(messages.map(({ ruleId, message }) => ruleId ?? message))].sort()]);
    const expected = results.map(({ filePath }) => [relative(house, filePath), expectedOf(filePath)]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  it('has a fault for every rule of the house, and files without one', () => {
    const fired = new Set(results.flatMap(({ filePath }) => expectedOf(filePath)));
    expect(Object.keys(plugin.rules).filter((name) => !fired.has(`autobroker/${name}`))).toEqual([]);
    expect(results.filter(({ filePath }) => expectedOf(filePath).length === 0).length).toBeGreaterThan(10);
  });

  it('is no project of Nx, whose graph a package without a name breaks', () => {
    expect(readFileSync(join(__dirname, '..', '..', '.nxignore'), 'utf8').split('\n')).toContain('tools/lint/fixtures');
  });
});
