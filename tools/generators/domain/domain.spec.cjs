'use strict';

const { execFileSync, spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { generateDomain } = require('./generate.cjs');
const { namesOf } = require('./names.cjs');
const { root, workshop } = require('./workshop.cjs');

describe('names', () => {
  it('come in every form that code, SQL and addresses want', () => {
    expect(namesOf({ name: 'spare-parts' })).toMatchObject({
      camel: 'spareParts', Pascal: 'SpareParts', schema: 'spare_parts', thing: 'spare-part', things: 'spare-parts', Thing: 'SparePart', thingSnake: 'spare_part', words: 'spare part', a: 'a',
    });
    expect(namesOf({ name: 'deliveries' })).toMatchObject({ thing: 'delivery', things: 'deliveries' });
    expect(namesOf({ name: 'order' })).toMatchObject({ schema: 'orders', camel: 'order', things: 'orders', a: 'an' });
    expect(namesOf({ name: 'payment', thing: 'intent' })).toMatchObject({ camel: 'payment', Thing: 'Intent', things: 'intents' });
  });

  it.each(['Spare', 'spare_parts', '../etc', '9lives', '', 'a--b'])('refuse %j', (name) => {
    expect(() => namesOf({ name })).toThrow(/name/u);
  });
});

describe('a new domain library', () => {
  /** @type {ReturnType<typeof workshop>} */
  let shop;
  let made = [];
  beforeAll(() => {
    shop = workshop();
    made = generateDomain(shop.files, { name: 'spare-parts' });
    shop.linkLibrary('spare-parts');
  });
  afterAll(() => shop?.remove());

  it('has all four layers, an app, an event and specs of every tier', () => {
    const library = made.filter((path) => path.startsWith('libs/domains/spare-parts/src/'));
    for (const layer of ['domain', 'application', 'infrastructure', 'api']) expect(library.some((path) => path.includes(`/src/${layer}/`))).toBe(true);
    for (const suffix of ['part.spec.ts', '.db.spec.ts', '.contract.spec.ts', '.e2e.spec.ts']) expect(made.some((path) => path.endsWith(suffix))).toBe(true);
    expect(made).toEqual(expect.arrayContaining(['apps/spare-parts/src/main.ts', 'libs/contracts/src/events/spare-parts.ts', 'libs/domains/spare-parts/src/infrastructure/migrations/0001-spare-parts.ts']));
    expect(made.filter((path) => /__|\.tpl$/u.test(path) || /\{\{|\}\}\}\}/u.test(shop.files.read(path)))).toEqual([]);
  });

  it('is known wherever services are listed', () => {
    const { references } = JSON.parse(shop.files.read('tsconfig.build.json'));
    expect(references.map(({ path }) => path)).toEqual(expect.arrayContaining(['libs/domains/spare-parts', 'apps/spare-parts', 'libs/domains/vehicle']));
    expect(shop.files.read('tsconfig.json')).toContain('libs/domains/spare-parts/tsconfig.spec.json');
    expect(JSON.parse(shop.files.read('apps/platform/tsconfig.json')).references).toContainEqual({ path: '../../libs/domains/spare-parts' });
    expect(shop.files.read('apps/platform/src/services.ts')).toMatch(/\w+Service, sparePartsService\]/u);
    expect(shop.files.read('libs/contracts/src/event.ts')).toMatch(/export const services = \[.*'spare_parts'\] as const/u);
    expect(shop.files.read('Dockerfile')).toContain('COPY apps/spare-parts/package.json apps/spare-parts/\n');
  });

  it('compiles, specs and app included', () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const projects = ['libs/contracts/tsconfig.spec.json', 'libs/domains/spare-parts/tsconfig.spec.json', 'apps/spare-parts'];
    let output = '';
    try {
      execFileSync(process.execPath, [tsc, '-b', ...projects], { cwd: shop.folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
    } catch (error) {
      output = `${error.stdout}${error.stderr}`;
    }
    expect(output).toBe('');
  }, 300_000);

  it('obeys the rules of the house', async () => {
    const { ESLint } = require('eslint');
    const eslint = new ESLint({ cwd: shop.folder, overrideConfigFile: join(root, 'eslint.config.mjs') });
    const results = await eslint.lintFiles(['libs/domains/spare-parts/src/**/*.ts', 'apps/spare-parts/src/**/*.ts', 'libs/contracts/src/events/spare-parts.ts']);
    expect(results.length).toBeGreaterThan(15);
    expect(results.flatMap(({ filePath, messages }) => messages.map(({ line, ruleId, message }) => `${filePath.slice(shop.folder.length)}:${line} ${ruleId}: ${message}`))).toEqual([]);
  }, 300_000);

  it('passes its own specs, those on a real database included', () => {
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const { status, stderr } = spawnSync(process.execPath, ['--experimental-vm-modules', jest, '-c', 'libs/domains/spare-parts/jest.config.cjs'], {
      cwd: shop.folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'test', AUTOBROKER_TIER: 'embedded' },
    });
    expect(status === 0 ? '' : stderr).toBe('');
    expect(stderr).toMatch(/Test Suites: 4 passed, 4 total/u);
  }, 300_000);

  it('is made once, and nothing is written when it can’t be made', () => {
    const before = shop.files.read('tsconfig.build.json');
    expect(() => generateDomain(shop.files, { name: 'spare-parts' })).toThrow('is there already');
    const strange = { ...shop.files, read: (path) => (path.endsWith('access.ts') ? 'something else' : shop.files.read(path)) };
    expect(() => generateDomain(strange, { name: 'warranty' })).toThrow('access.ts does not look as expected');
    expect(shop.files.exists('libs/domains/warranty')).toBe(false);
    expect(shop.files.read('tsconfig.build.json')).toBe(before);
  });
});

it('nx finds the generator', () => {
  const tools = JSON.parse(readFileSync(join(root, 'tools/package.json'), 'utf8'));
  const { generators } = JSON.parse(readFileSync(join(root, 'tools', tools.generators), 'utf8'));
  expect(typeof require(join(root, 'tools/generators', generators.domain.factory))).toBe('function');
});
