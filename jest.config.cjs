// Every package in one run, so that all of them share the workers. A package alone: `npx jest -c libs/kernel/jest.config.cjs`.
const { globSync } = require('node:fs');

module.exports = {
  projects: globSync(['libs/*/jest.config.cjs', 'libs/domains/*/jest.config.cjs', 'tools/jest.config.cjs'], { cwd: __dirname }).map(
    (file) => `<rootDir>/${file}`,
  ),
};
