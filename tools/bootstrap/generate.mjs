// npm run generate -- domain <name> [--thing <singular>] [--things <plural>] [--skip-install]
// npm run generate -- source <slug>
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, main, root, run } from './lib.mjs';

const require = createRequire(import.meta.url);
const { generateDomain } = require('../generators/domain/generate.cjs');
const { generateSource } = require('../generators/source/generate.cjs');
const usage = 'usage: npm run generate -- domain <name> [--thing <singular>] [--things <plural>] [--skip-install]\n       npm run generate -- source <slug>';

const files = {
  exists: (path) => existsSync(join(root, path)),
  read: (path) => readFileSync(join(root, path), 'utf8'),
  write: (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  },
};

/** What a generator has written, a path a line; what it refuses is a message and no stack. */
function made(generate) {
  try {
    return generate().map((path) => `  ${path}\n`).join('');
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

main(async () => {
  const options = { thing: { type: 'string' }, things: { type: 'string' }, 'skip-install': { type: 'boolean', default: false } };
  const { values, positionals } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  const [what, name, ...more] = positionals;
  if (!['domain', 'source'].includes(what) || name === undefined || more.length > 0) throw new CommandError(usage);
  if (what === 'source') {
    process.stdout.write(`${made(() => generateSource(files, { slug: name }))}\nNext: docs/adding-a-source.md, then npm test -- libs/domains/scraper/src/infrastructure/sources/${name}\n`);
    return;
  }
  const { thing, things } = values;
  process.stdout.write(`${made(() => generateDomain(files, { name, ...(thing === undefined ? {} : { thing }), ...(things === undefined ? {} : { things }) }))}\n`);
  // npm links the new packages into node_modules and notes them in the lock file.
  if (!values['skip-install'] && (await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])) !== 0) throw new CommandError('npm install failed; what it said is above.');
  process.stdout.write(`Next: npm run openapi, then npm test -- libs/domains/${name}\n`);
});
