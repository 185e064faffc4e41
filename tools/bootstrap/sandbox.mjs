// `npm run sandbox`: the outside world alone. `npm start` begins one by itself.
import { mkdirSync } from 'node:fs';
import { build, dataFolder, main } from './lib.mjs';
import { stopApp } from './local.mjs';
import { launchSandbox, sandboxLines } from './sandbox-process.mjs';

main(async () => {
  await build();
  const folder = dataFolder();
  mkdirSync(folder, { recursive: true });
  const stopped = Promise.withResolvers();
  const sandbox = await launchSandbox({ folder, onExit: (code, signal) => stopped.resolve(signal === null ? (code ?? 1) : 1) });
  process.stdout.write(`\nThe sandbox is running.\n\n${sandboxLines(sandbox).map((line) => `  ${line}\n`).join('')}\n  Stop with Ctrl-C; its clock and seed stay in ${folder}.\n\n`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stopApp(sandbox.child).then(() => stopped.resolve(0)));
  return stopped.promise;
});
