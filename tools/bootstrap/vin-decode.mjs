// npm run --silent vin:decode: lines {"vin"} on stdin or in files → {"valid", "check_digit_ok", "make", "model", "year", "country"}
import { lineTool } from './json-lines.mjs';

lineTool('libs/domains/vehicle', (load) => {
  const { readVin } = load('domain/read-vin.js');
  const now = new Date();
  return ({ vin }) => readVin(typeof vin === 'string' ? vin : '', now);
});
