// Every test on the embedded engines: `npm test`, or `npm test -- <jest arguments>`.
import { main } from './lib.mjs';
import { jest } from './jest.mjs';

main(() => jest('embedded', process.argv.slice(2)));
