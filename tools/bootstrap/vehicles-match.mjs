// npm run --silent vehicles:match: lines {"a": listing, "b": listing} on stdin or in files → {"score", "same", "why"}
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, main, root } from './lib.mjs';
import { answerLines } from './json-lines.mjs';

const require = createRequire(import.meta.url);

main(async () => {
  await build('libs/domains/vehicle');
  const { decideMatch, matchFactsOfFlat } = require(join(root, 'libs/domains/vehicle/dist/domain/matching/index.js'));
  const { roughReference } = require('@autobroker/platform/money');
  const read = (listing) => matchFactsOfFlat(listing ?? {}, roughReference);
  return answerLines(process.argv.slice(2), ({ a, b }) => decideMatch(read(a), read(b)));
});
