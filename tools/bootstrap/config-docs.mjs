// Writes docs/configuration.md from the schemas of the configuration; with --check, fails where the committed one differs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CommandError, build, main, root } from './lib.mjs';

const require = createRequire(import.meta.url);

main(async () => {
  await build();
  const { configurationDocs } = require(join(root, 'apps/platform/dist/services.js'));
  const file = join(root, 'docs/configuration.md');
  const text = configurationDocs();
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  if (process.argv.includes('--check')) throw new CommandError('docs/configuration.md no longer matches the code. Run: npm run config:docs');
  writeFileSync(file, text);
  process.stdout.write('wrote docs/configuration.md\n');
});
