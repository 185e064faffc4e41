import { join } from 'node:path';
import { main, root, runNode } from './lib.mjs';

main(() =>
  runNode([join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '--cache', '--cache-location', '.nx/eslintcache', ...(process.argv.length > 2 ? process.argv.slice(2) : ['.'])]),
);
