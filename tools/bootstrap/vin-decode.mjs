// npm run --silent vin:decode: lines {"vin"} on stdin or in files → {"valid", "check_digit_ok", "make", "model", "year", "country"}
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, main, root } from './lib.mjs';
import { answerLines } from './json-lines.mjs';

const require = createRequire(import.meta.url);

main(async () => {
  await build('libs/domains/vehicle');
  const { readVin } = require(join(root, 'libs/domains/vehicle/dist/domain/read-vin.js'));
  const now = new Date();
  return answerLines(process.argv.slice(2), ({ vin }) => readVin(typeof vin === 'string' ? vin : '', now));
});
