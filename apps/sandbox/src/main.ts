import { join } from 'node:path';
import { startSandbox } from './sandbox';
import { readSettings } from './settings';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const sandbox = await startSandbox({ ...settings, stateFile: settings.dataFolder === null ? null : join(settings.dataFolder, 'sandbox.json') });
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    void sandbox.close().then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  // Started by a parent that is gone: nobody would ever stop this process.
  process.once('disconnect', stop);
  const vendors = Object.fromEntries([...sandbox.vendors].map(([slug, one]) => [slug, one.baseUrl]));
  if (process.send === undefined) process.stdout.write(`${JSON.stringify({ url: sandbox.url, vendors })}\n`);
  else process.send({ type: 'ready', name: 'sandbox', url: sandbox.url, vendors });
}

main().catch((error: unknown) => {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
