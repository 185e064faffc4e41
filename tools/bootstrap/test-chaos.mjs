// `npm run test:chaos [-- --orders N] [--kills N] [--seed N] [--every SECONDS] [--only story,story] [--json FILE] [--keep] [--calm]`: see tools/chaos/run.mjs.
import { build, main } from './lib.mjs';

main(async () => {
  await build();
  const { chaos } = await import('../chaos/run.mjs');
  return chaos(process.argv.slice(2));
});
