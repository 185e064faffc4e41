// All in one: every service and worker in one process.
import { join } from 'node:path';
import { root } from './lib.mjs';

export const launch = async ({ env, lock, startApp, stopApp, onExit }) => {
  const label = 'The platform';
  const { child } = await startApp(join(root, 'apps/platform/dist/main.js'), env, {
    label,
    onSpawn: ({ pid }) => lock.addChild(pid),
    onExit: (code, signal) => onExit(label, code, signal),
  });
  return { urls: {}, stop: () => stopApp(child) };
};
