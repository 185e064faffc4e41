'use strict';

/** Where a file stands in the house, and what an import leads to. Every rule asks here, so that they agree. */
const { existsSync, readFileSync } = require('node:fs');
const { dirname, isAbsolute, join, relative, resolve, sep } = require('node:path');

/**
 * @typedef {'kernel' | 'vocabulary' | 'contracts' | 'platform' | 'domain' | 'library' | 'api-client' | 'ui' | 'app' | 'browser' | 'e2e' | 'tools'} Kind
 * @typedef {{ kind: Kind, name: string, folder: string }} Package
 * @typedef {{ pkg: Package, inside: string, isSpec: boolean, root: string }} Place
 */

const browserApps = new Set(['portal', 'ops']);
const roots = new Map();

/** The folder whose package.json lists the workspaces: ESLint may be started in any package. */
function rootOf(file) {
  const start = dirname(file);
  let root = roots.get(start);
  if (root === undefined) {
    root = findRoot(start);
    roots.set(start, root);
  }
  return root;
}

function findRoot(start) {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).workspaces !== undefined) return folder;
    if (dirname(folder) === folder) return null;
  }
}

/** @returns {Package | null} */
function packageOf(path) {
  const parts = path.split('/');
  const [top, second, third] = parts;
  if (top === 'tools') return { kind: 'tools', name: 'tools', folder: 'tools' };
  if (second === undefined) return null;
  if (top === 'libs' && second === 'domains') {
    return third === undefined ? null : { kind: 'domain', name: third, folder: `libs/domains/${third}` };
  }
  if (top === 'libs') return { kind: kindOfLibrary(second), name: second, folder: `libs/${second}` };
  if (top === 'apps') {
    const kind = second === 'e2e' ? 'e2e' : browserApps.has(second) ? 'browser' : 'app';
    return { kind, name: `app-${second}`, folder: `apps/${second}` };
  }
  return null;
}

/** @returns {Kind} */
function kindOfLibrary(name) {
  if (name === 'kernel' || name === 'vocabulary' || name === 'contracts' || name === 'platform' || name === 'api-client') return name;
  return name === 'ui' || name.startsWith('ui-') ? 'ui' : 'library';
}

/** @returns {Place | null} null for files outside the packages, such as the configuration at the root */
function placeOf(file) {
  const root = rootOf(file);
  if (root === null) return null;
  const path = relative(root, file).split(sep).join('/');
  const pkg = packageOf(path);
  if (pkg === null) return null;
  return { pkg, inside: path.slice(pkg.folder.length + 1), isSpec: isTestFile(path), root };
}

/** Specs, and the helpers that only specs use. */
function isTestFile(path) {
  return /\.(?:spec|suite)\.[cm]?tsx?$/u.test(path) || /\/spec-[\w-]+\.ts$/u.test(path) || /\/src\/(?:.*\/)?(?:testing|suite|test-[\w-]+)\//u.test(path) || /\/src\/testing(?:-[\w-]+)?\.ts$/u.test(path);
}

/**
 * What a specifier leads to: a package of ours with the path inside it, one from npm, or one of Node's own.
 * @returns {{ to: 'package', pkg: Package, sub: string } | { to: 'file', pkg: Package | null, path: string } | { to: 'npm', name: string } | { to: 'node', name: string }}
 */
function targetOf(specifier, file) {
  if (specifier.startsWith('node:')) return { to: 'node', name: specifier.slice(5) };
  if (specifier.startsWith('.') || isAbsolute(specifier)) {
    const path = resolve(dirname(file), specifier);
    const root = rootOf(file);
    return { to: 'file', pkg: root === null ? null : packageOf(relative(root, path).split(sep).join('/')), path };
  }
  if (specifier.startsWith('@autobroker/')) {
    const [name = '', ...rest] = specifier.slice('@autobroker/'.length).split('/');
    return { to: 'package', pkg: packageByName(name, rootOf(file)), sub: rest.join('/') };
  }
  const [scope = '', name = ''] = specifier.split('/');
  const npm = specifier.startsWith('@') ? `${scope}/${name}` : scope;
  return require('node:module').builtinModules.includes(npm) ? { to: 'node', name: npm } : { to: 'npm', name: npm };
}

/** A name that is no library is a domain: a wrong name must fall under the strictest rule, not through all of them. */
function packageByName(name, root) {
  if (name === 'tools') return { kind: 'tools', name, folder: 'tools' };
  if (name.startsWith('app-')) return packageOf(`apps/${name.slice(4)}/x`);
  const known = ['kernel', 'vocabulary', 'contracts', 'platform', 'api-client'].includes(name) || name === 'ui' || name.startsWith('ui-');
  if (known || (root !== null && existsSync(join(root, 'libs', name, 'package.json')))) return packageOf(`libs/${name}/x`);
  return { kind: 'domain', name, folder: `libs/domains/${name}` };
}

/** Calls back for every import, re-export, `require` and `import()` with a literal specifier. */
function visitImports(visit) {
  const literal = (node, source) => {
    if (source?.type === 'Literal' && typeof source.value === 'string') visit(node, source.value, source);
  };
  return {
    ImportDeclaration: (node) => literal(node, node.source),
    ExportNamedDeclaration: (node) => literal(node, node.source),
    ExportAllDeclaration: (node) => literal(node, node.source),
    ImportExpression: (node) => literal(node, node.source),
    TSImportType: (node) => literal(node, node.source ?? node.argument?.literal),
    TSExternalModuleReference: (node) => literal(node, node.expression),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') literal(node, node.arguments[0]);
    },
  };
}

/** Whether an import leaves nothing behind at run time. */
function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type' || node.type === 'TSImportType') return true;
  const specifiers = node.specifiers ?? [];
  return specifiers.length > 0 && specifiers.every((specifier) => specifier.importKind === 'type' || specifier.exportKind === 'type');
}

module.exports = { isTypeOnly, packageOf, placeOf, rootOf, targetOf, visitImports };
