// Every test on the embedded engines: `npm test`, or `npm test -- <jest arguments>`.
import { main } from './lib.mjs';
import { jest } from './jest.mjs';

main(async () => (await jest('embedded', process.argv.slice(2))).code);
