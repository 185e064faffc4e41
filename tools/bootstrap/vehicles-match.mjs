// npm run --silent vehicles:match: lines {"a": listing, "b": listing} on stdin or in files → {"score", "same", "why"}
import { lineTool } from './json-lines.mjs';

lineTool('libs/domains/vehicle', (load) => {
  const { decideMatch, matchFactsOfFlat } = load('domain/matching/index.js');
  const { roughReference } = load('@autobroker/platform/money');
  const read = (listing) => matchFactsOfFlat(listing ?? {}, roughReference);
  return ({ a, b }) => decideMatch(read(a), read(b));
});
