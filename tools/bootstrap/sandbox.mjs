// `npm run sandbox`: the outside world alone. `npm start` begins one by itself.
import { mkdirSync } from 'node:fs';
import { build, dataFolder, main } from './lib.mjs';
import { keepSandbox, sandboxLines } from './sandbox-process.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

main(async () => {
  await build();
  const folder = dataFolder();
  mkdirSync(folder, { recursive: true });
  const stopped = Promise.withResolvers();
  const sandbox = await keepSandbox({
    folder,
    say,
    onGiveUp: (why) => {
      say(why);
      stopped.resolve(1);
    },
  });
  say(`\nThe sandbox is running.\n\n${sandboxLines(sandbox).map((line) => `  ${line}\n`).join('')}\n  Stop with Ctrl-C; its seed and its clock stay in ${folder}.\n`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void sandbox.stop().then(() => stopped.resolve(0)));
  return stopped.promise;
});
