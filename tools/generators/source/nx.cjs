'use strict';

const { generateSource } = require('./generate.cjs');

/** `nx generate` over the same generator. */
module.exports = (tree, options) => {
  generateSource({ exists: (path) => tree.exists(path), read: (path) => tree.read(path, 'utf8'), write: (path, text) => tree.write(path, text) }, options);
};
