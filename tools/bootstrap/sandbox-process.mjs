// The sandbox as a process of ours: apps/sandbox finds its own ports and says where it is.
import { join } from 'node:path';
import { root, sleep } from './lib.mjs';
import { startApp, stopApp } from './local.mjs';

/** Whether a start should bring a sandbox of its own: not where another one is named, nor where it is switched off. */
export const wantsSandbox = (env = process.env) => (env.SANDBOX_URL ?? '') === '' && (env.SANDBOX ?? '').toLowerCase() !== 'off' && env.NODE_ENV !== 'production';

/** More ends than this within the window mean that starting again does not help. */
const limit = { ends: 5, withinMs: 60_000 };

/**
 * A sandbox that is started again on the same ports should it end by itself: the outside world does not go because one
 * of its programs did. Its clock and its market are found again in the data folder.
 */
export const keepSandbox = async ({ folder, say, onStart = () => {}, onGiveUp = () => {} }) => {
  let stopping = false;
  let child;
  const ends = [];
  const start = (port) =>
    startApp(
      join(root, 'apps/sandbox/dist/main.js'),
      { AUTOBROKER_DATA: folder, ...(port === undefined ? {} : { SANDBOX_PORT: port }) },
      {
        label: 'The sandbox',
        onSpawn: (spawned) => {
          child = spawned;
          onStart(spawned.pid);
        },
        onExit: (code, signal) => void again(signal ?? `exit code ${code}`),
      },
    );
  const stop = async () => {
    stopping = true;
    if (child !== undefined) await stopApp(child);
  };

  const again = async (why) => {
    if (stopping) return;
    const now = performance.now();
    ends.push(now);
    say(`The sandbox ended by itself (${why}); starting it again.`);
    if (ends.filter((at) => now - at < limit.withinMs).length >= limit.ends) return onGiveUp(`The sandbox ended ${limit.ends} times within a minute; its log is above`);
    await sleep(200);
    if (stopping) return;
    try {
      const { message } = await start(new URL(first.url).port);
      if (message.url !== first.url) onGiveUp(`The sandbox's port was taken by another program`);
    } catch (error) {
      if (!stopping) onGiveUp(error.message);
    }
  };

  const { message: first } = await start(process.env.SANDBOX_PORT).catch(async (error) => {
    await stop();
    throw error;
  });
  return { url: first.url, vendors: first.vendors, stop };
};

/** Where everybody is, for the terminal. */
export const sandboxLines = ({ url, vendors }) => {
  const width = Math.max(16, ...Object.keys(vendors).map((name) => name.length));
  return [`${'Front page'.padEnd(width)} ${url}`, ...Object.entries(vendors).map(([name, address]) => `${name.padEnd(width)} ${address}`)];
};
