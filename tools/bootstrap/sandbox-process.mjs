// The sandbox as a process of ours: apps/sandbox finds its own ports and says where it is.
import { join } from 'node:path';
import { root } from './lib.mjs';
import { startApp } from './local.mjs';

/** Whether a start should bring a sandbox of its own: not where another one is named, nor where it is switched off. */
export const wantsSandbox = (env = process.env) => (env.SANDBOX_URL ?? '') === '' && (env.SANDBOX ?? '').toLowerCase() !== 'off' && env.NODE_ENV !== 'production';

export const launchSandbox = async ({ folder, onSpawn, onExit }) => {
  const { child, message } = await startApp(
    join(root, 'apps/sandbox/dist/main.js'),
    { AUTOBROKER_DATA: folder },
    { label: 'The sandbox', onSpawn, onExit },
  );
  return { child, url: message.url, vendors: message.vendors };
};

/** Where everybody is, for the terminal. */
export const sandboxLines = ({ url, vendors }) => {
  const width = Math.max(16, ...Object.keys(vendors).map((name) => name.length));
  return [`${'Front page'.padEnd(width)} ${url}`, ...Object.entries(vendors).map(([name, address]) => `${name.padEnd(width)} ${address}`)];
};
