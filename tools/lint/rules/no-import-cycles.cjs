'use strict';

const { existsSync, readFileSync, statSync } = require('node:fs');
const { dirname, relative, resolve } = require('node:path');
const ts = require('typescript');
const { isTypeOnly, placeOf, visitImports } = require('../workspace.cjs');

/** What each file imports at run time, read once per version of the file. */
const edges = new Map();

function importsOf(file) {
  const { mtimeMs } = statSync(file);
  const known = edges.get(file);
  if (known?.mtimeMs === mtimeMs) return known.targets;
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, false);
  const targets = source.statements.flatMap((statement) => {
    const specifier = runtimeSpecifier(statement);
    const target = specifier === null ? null : resolveFile(specifier, file);
    return target === null ? [] : [target];
  });
  edges.set(file, { mtimeMs, targets });
  return targets;
}

/** Imports of types are gone at run time, so they make no cycle. */
function runtimeSpecifier(statement) {
  if (ts.isImportDeclaration(statement)) {
    const clause = statement.importClause;
    if (clause?.isTypeOnly || clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return null;
    const bindings = clause?.namedBindings;
    const onlyTypes = clause !== undefined && clause.name === undefined && bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.length > 0 && bindings.elements.every((each) => each.isTypeOnly);
    return onlyTypes ? null : statement.moduleSpecifier.text;
  }
  if (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined && !statement.isTypeOnly) return statement.moduleSpecifier.text;
  return null;
}

function resolveFile(specifier, from) {
  if (!specifier.startsWith('.')) return null;
  const base = resolve(dirname(from), specifier);
  for (const candidate of [`${base}.ts`, `${base}.tsx`, resolve(base, 'index.ts'), base]) {
    if (/\.tsx?$/u.test(candidate) && existsSync(candidate)) return candidate;
  }
  return null;
}

/** The shortest way back to where we started, or null. */
function wayBack(start, first) {
  const cameFrom = new Map([[first, null]]);
  for (const file of cameFrom.keys()) {
    for (const next of importsOf(file)) {
      if (next === start) return trail(cameFrom, file);
      if (!cameFrom.has(next)) cameFrom.set(next, file);
    }
  }
  return null;
}

function trail(cameFrom, last) {
  const files = [];
  for (let file = last; file !== null && file !== undefined; file = cameFrom.get(file)) files.unshift(file);
  return files;
}

/** @type {import('eslint').Rule.RuleModule} */
module.exports = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'Files import each other in no circle: decorators and entities in one see undefined at start.' },
    messages: { cycle: 'This import comes back here: {{way}}.' },
  },
  create(context) {
    const place = placeOf(context.filename);
    if (place === null || place.isSpec) return {};
    return visitImports((node, specifier) => {
      if (node.type !== 'ImportDeclaration' && node.type !== 'ExportNamedDeclaration' && node.type !== 'ExportAllDeclaration') return;
      if (isTypeOnly(node)) return;
      const target = resolveFile(specifier, context.filename);
      if (target === null) return;
      const way = target === context.filename ? [] : wayBack(context.filename, target);
      if (way === null) return;
      const short = (file) => relative(place.root, file).replaceAll('\\', '/');
      context.report({ node, messageId: 'cycle', data: { way: [...way, context.filename].map(short).join(' → ') } });
    });
  },
};
