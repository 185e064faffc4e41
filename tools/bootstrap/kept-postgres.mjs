// The embedded PostgreSQL of a run, started again on the same data and port should it end by itself.
import { startPostgres } from '../engines/postgres.mjs';
import { sleep } from './lib.mjs';

/** More ends than this within the window mean that starting again does not help. */
const limit = { ends: 5, withinMs: 60_000 };

/**
 * @param onStart   hears of every server process, so that a later run can find what a killed one left
 * @param onGiveUp  hears why, when the server can't be kept running
 */
export const keepPostgres = async ({ dataDir, say, onStart, onGiveUp, start = startPostgres, pauseMs = 200 }) => {
  let stopping = false;
  let server = await start({ dataDir });
  const { port, url } = server;
  onStart(server.pid);
  const ends = [];

  /** The address is in the environment of every app: only the same port will do. */
  const again = async () => {
    for (let attempt = 1; !stopping; attempt += 1) {
      const next = await start({ dataDir, port });
      if (next.port === port) return next;
      await next.stop();
      if (attempt === 10) throw new Error(`port ${port} was taken by another program`);
      await sleep(pauseMs * attempt);
    }
    return undefined;
  };

  const watch = async () => {
    while (!stopping) {
      const { code, signal } = await server.exited;
      if (stopping) return;
      const now = performance.now();
      ends.push(now);
      say(`PostgreSQL ended by itself (${signal ?? `exit code ${code}`}); starting it again.`);
      await server.stop(); // nothing runs any more: this lets go of what belonged to it
      if (ends.filter((at) => now - at < limit.withinMs).length >= limit.ends) throw new Error(`it ended ${limit.ends} times within a minute`);
      const next = await again();
      if (next === undefined) return;
      server = next;
      onStart(server.pid);
      say('PostgreSQL is back.');
    }
  };
  const watching = watch().catch((error) => {
    if (!stopping) onGiveUp(`PostgreSQL can't be kept running: ${error.message}`);
  });

  return {
    url,
    stop: async () => {
      stopping = true;
      await server.stop();
      await watching;
      // A start that was under way while we were asked to stop has its own server by now.
      await server.stop();
    },
  };
};
