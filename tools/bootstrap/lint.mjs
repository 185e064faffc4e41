import { join } from 'node:path';
import { main, root, runNode } from './lib.mjs';

// Typed rules hold the types of every package at once, which is more than node's own limit.
main(() =>
  runNode(['--max-old-space-size=8192', join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '--cache', '--cache-location', '.nx/eslintcache', ...(process.argv.length > 2 ? process.argv.slice(2) : ['.'])]),
);
