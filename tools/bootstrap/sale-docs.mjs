// Writes docs/orders.md from the tables of the order service; with --check, fails where the committed one differs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CommandError, build, main, root } from './lib.mjs';

const require = createRequire(import.meta.url);

main(async () => {
  await build();
  const { saleDocs } = require(join(root, 'libs/domains/order/dist/domain/sale-docs.js'));
  const file = join(root, 'docs/orders.md');
  const text = saleDocs();
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  if (process.argv.includes('--check')) throw new CommandError('docs/orders.md no longer matches the code. Run: npm run sale:docs');
  writeFileSync(file, text);
  process.stdout.write('wrote docs/orders.md\n');
});
