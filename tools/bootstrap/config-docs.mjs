// Writes docs/configuration.md from the schemas of the configuration; with --check, fails where the committed one differs.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, main, root, writeGenerated } from './lib.mjs';

const require = createRequire(import.meta.url);

main(async () => {
  await build();
  const { configurationDocs } = require(join(root, 'apps/platform/dist/services.js'));
  writeGenerated({ 'docs/configuration.md': configurationDocs() }, 'npm run config:docs');
});
