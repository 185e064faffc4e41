'use strict';

/** Makes a new domain library in the house shape, its app, its events, and puts all of it where others look for it. */
const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { namesOf } = require('./names.cjs');

const templates = join(__dirname, 'templates');

/**
 * @typedef {{ exists(path: string): boolean, read(path: string): string, write(path: string, text: string): void }} Files
 * @param {Files} files relative to the root of the workspace
 * @param {{ name: string, thing?: string, things?: string }} options
 * @returns {string[]} the files that were made
 */
function generateDomain(files, options) {
  const names = namesOf(options);
  const made = templateFiles('').map((path) => ({
    path: path.replace(/\.tpl$/u, '').replaceAll(/__(\w+?)__/gu, (_, key) => names[key]),
    text: fill(readFileSync(join(templates, path), 'utf8'), names),
  }));
  const taken = made.find(({ path }) => files.exists(path));
  if (files.exists(`libs/domains/${names.name}`) || taken !== undefined) throw new Error(`${taken?.path ?? names.name} is there already`);
  const changed = edits(names).map(({ path, change }) => ({ path, text: change(files.read(path), path) }));
  // Nothing is written before everything is known to fit.
  for (const { path, text } of [...made, ...changed]) files.write(path, text);
  return made.map(({ path }) => path);
}

function templateFiles(folder) {
  return readdirSync(join(templates, folder)).flatMap((entry) => {
    const path = folder === '' ? entry : `${folder}/${entry}`;
    return statSync(join(templates, path)).isDirectory() ? templateFiles(path) : [path];
  });
}

function fill(text, names) {
  return text.replaceAll(/\{\{(\w+)\}\}/gu, (token, key) => {
    if (names[key] === undefined) throw new Error(`A template asks for ${token}`);
    return names[key];
  });
}

/** What has to be added elsewhere. Each finds its place by what is there, and says so when it can't. */
function edits(names) {
  const library = `libs/domains/${names.name}`;
  return [
    { path: 'tsconfig.build.json', change: reference(library, `apps/${names.name}`) },
    { path: 'tsconfig.json', change: reference(`${library}/tsconfig.spec.json`) },
    { path: 'apps/platform/tsconfig.json', change: (text) => insert(text, /\{ "path": "\.\.\/\.\.\/libs\/domains\/[\w-]+" \}(?=\s*\])/u, (last) => `${last}, { "path": "../../${library}" }`) },
    {
      path: 'apps/platform/src/services.ts',
      change: (text, path) => insert(
        insert(text, /hostedServices: readonly ServiceDefinition\[\] = \[([^\]]*)(?=\])/u, (list) => `${list}, ${names.camel}Service`, path),
        /^import .* from '@autobroker\/identity';\n/mu, (line) => `${line}import { ${names.camel}Service } from '@autobroker/${names.name}';\n`, path),
    },
    { path: 'libs/contracts/src/index.ts', change: (text) => `${text.trimEnd()}\nexport * from './events/${names.name}';\n` },
    { path: 'libs/contracts/src/event.ts', change: (text, path) => insert(text, /export const services = \[[^\]]*(?=\] as const)/u, (list) => `${list}, '${names.schema}'`, path) },
    { path: 'libs/contracts/src/access.ts', change: permissions(names) },
    {
      path: 'Dockerfile',
      change: (text, path) => insert(
        insert(text, /(?:COPY libs\/domains\/\S+\/package\.json \S+\n)+/u, (lines) => `${lines}COPY ${library}/package.json ${library}/\n`, path),
        /(?:COPY apps\/\S+\/package\.json \S+\n)+/u, (lines) => `${lines}COPY apps/${names.name}/package.json apps/${names.name}/\n`, path),
    },
  ];
}

function insert(text, place, make, path = 'the file') {
  if (!place.test(text)) throw new Error(`${path} does not look as expected: ${place} is not in it`);
  return text.replace(place, (found) => make(found));
}

function reference(...paths) {
  return (text, path) => insert(text, /\{ "path": "[^"]+" \}(?=\s*\])/u, (last) => [last, ...paths.map((each) => `{ "path": "${each}" }`)].join(',\n    '), path);
}

/** Everybody on the tenant's staff may read, those who look after it may write; the operator may do everything anyway. */
function permissions({ name, thingSnake }) {
  const read = `'${thingSnake}.read'`;
  const write = `'${thingSnake}.write'`;
  return (text, path) => {
    let changed = insert(text, /^ {2}\/\/ the installation\n/mu, (line) => `  // ${name}\n  ${read},\n  ${write},\n${line}`, path);
    changed = insert(changed, /^ {2}agent: \[[^\]]*(?=\])/mu, (list) => `${list}, ${read}, ${write}`, path);
    changed = insert(changed, /^ {2}ops: \[[^\]]*(?=\])/mu, (list) => `${list}, ${read}, ${write}`, path);
    return insert(changed, /^ {2}admin: \[\n {4}\.\.\.\w+,\n/mu, (lines) => `${lines}    ${read},\n    ${write},\n`, path);
  };
}

module.exports = { generateDomain };
