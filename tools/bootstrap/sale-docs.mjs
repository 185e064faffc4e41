// Writes docs/orders.md from the tables of the order service; with --check, fails where the committed one differs.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, main, root, writeGenerated } from './lib.mjs';

const require = createRequire(import.meta.url);

main(async () => {
  await build();
  const { saleDocs } = require(join(root, 'libs/domains/order/dist/domain/sale-docs.js'));
  writeGenerated({ 'docs/orders.md': saleDocs() }, 'npm run sale:docs');
});
