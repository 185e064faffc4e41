'use strict';

const { generateDomain } = require('./generate.cjs');

/** `npx nx g @autobroker/tools:domain <name>` */
module.exports = async function domain(tree, options) {
  generateDomain({ exists: (path) => tree.exists(path), read: (path) => tree.read(path, 'utf8'), write: (path, text) => tree.write(path, text) }, options);
  return () => require('@nx/devkit').installPackagesTask(tree, true);
};
