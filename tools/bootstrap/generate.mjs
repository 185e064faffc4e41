// npm run generate -- domain <name> [--thing <singular>] [--things <plural>] [--skip-install]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, main, root, run } from './lib.mjs';

const { generateDomain } = createRequire(import.meta.url)('../generators/domain/generate.cjs');
const usage = 'usage: npm run generate -- domain <name> [--thing <singular>] [--things <plural>] [--skip-install]';

const files = {
  exists: (path) => existsSync(join(root, path)),
  read: (path) => readFileSync(join(root, path), 'utf8'),
  write: (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  },
};

main(async () => {
  const options = { thing: { type: 'string' }, things: { type: 'string' }, 'skip-install': { type: 'boolean', default: false } };
  const { values, positionals } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  const [what, name, ...more] = positionals;
  if (what !== 'domain' || name === undefined || more.length > 0) throw new CommandError(usage);
  const { thing, things } = values;
  let made;
  try {
    made = generateDomain(files, { name, ...(thing === undefined ? {} : { thing }), ...(things === undefined ? {} : { things }) });
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
  process.stdout.write(`${made.map((path) => `  ${path}\n`).join('')}\n`);
  // npm links the new packages into node_modules and notes them in the lock file.
  if (!values['skip-install'] && (await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])) !== 0) throw new CommandError('npm install failed; what it said is above.');
  process.stdout.write(`Next: npm run openapi, then npm test -- libs/domains/${name}\n`);
});
