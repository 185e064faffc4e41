// `npm run bench [-- --json FILE] [--cars N] [--seconds N] [--only name,name] [--listings N] [--curve 10000,100000,1000000]`: see tools/bench/run.mjs.
import { build, main } from './lib.mjs';

main(async () => {
  await build();
  const { bench } = await import('../bench/run.mjs');
  return bench(process.argv.slice(2));
});
