import { build, main } from './lib.mjs';

main(() => build());
