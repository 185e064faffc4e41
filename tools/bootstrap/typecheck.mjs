// Sources and specs, by TypeScript's build mode: what has not changed is not checked again.
import { build, main } from './lib.mjs';

main(() => build('tsconfig.json'));
