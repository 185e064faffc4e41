// The same contract suites on real servers, and the built apps on all of them at once. Each launcher in tools/engines finds
// its server (the address given in the environment, an installed binary, or a package that it unpacks into a cache folder)
// and starts it on loopback.
import { build, main } from './lib.mjs';
import { jest } from './jest.mjs';

// One file at a time: each starts servers of its own, and some of them stop a server to see what happens.
main(async () => {
  await build();
  return (await jest('engines', ['--runInBand', ...process.argv.slice(2)])).code;
});
