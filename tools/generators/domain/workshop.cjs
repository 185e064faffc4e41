'use strict';

const { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');

const root = join(__dirname, '..', '..', '..');
const inDomains = ['identity', 'vehicle'];
const sources = ['libs/kernel', 'libs/contracts', 'libs/platform', 'apps/platform'];
const single = ['package.json', 'nx.json', 'tsconfig.base.json', 'tsconfig.json', 'tsconfig.build.json', 'jest.preset.cjs', 'Dockerfile'];

/** A copy of the workspace without its domains and without dist/, in which a generator may do as it likes. */
function workshop() {
  const folder = mkdtempSync(join(tmpdir(), 'autobroker-generator-'));
  for (const path of single) cpSync(join(root, path), join(folder, path));
  for (const path of sources) {
    cpSync(join(root, path), join(folder, path), { recursive: true, filter: (source) => !/\/(?:dist|node_modules)(?:\/|$)/u.test(source.slice(root.length)) });
  }
  for (const name of inDomains) {
    mkdirSync(join(folder, 'libs/domains', name), { recursive: true });
    cpSync(join(root, 'libs/domains', name, 'package.json'), join(folder, 'libs/domains', name, 'package.json'));
  }
  link(folder);
  return {
    folder,
    files: {
      exists: (path) => existsSync(join(folder, path)),
      read: (path) => readFileSync(join(folder, path), 'utf8'),
      write: (path, text) => {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      },
    },
    /** As npm would: the new library is found by its name. */
    linkLibrary: (name) => symlinkSync(join(folder, 'libs/domains', name), join(folder, 'node_modules/@autobroker', name)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The dependencies are those of the real workspace, our own packages those of the copy. */
function link(folder) {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@autobroker'), { recursive: true });
  for (const entry of readdirSync(join(root, 'node_modules'))) {
    if (entry !== '@autobroker') symlinkSync(join(root, 'node_modules', entry), join(modules, entry));
  }
  // Specs on a database find the embedded PostgreSQL through tools/.
  symlinkSync(join(root, 'tools'), join(folder, 'tools'));
  for (const path of sources.filter((each) => each.startsWith('libs/'))) symlinkSync(join(folder, path), join(modules, '@autobroker', path.slice('libs/'.length)));
}

module.exports = { root, workshop };
