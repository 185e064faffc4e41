import { keepPostgres } from './kept-postgres.mjs';

/** A server that is nothing but its number, its port, and a way to end it. */
const servers = (ports = []) => {
  const started = [];
  const start = async ({ port }) => {
    const ended = Promise.withResolvers();
    const server = {
      pid: 100 + started.length,
      port: ports[started.length] ?? port ?? 5_000,
      url: 'postgresql://x',
      stopped: 0,
      end: (signal) => ended.resolve({ code: null, signal }),
      exited: ended.promise,
      stop: async () => {
        server.stopped += 1;
        ended.resolve({ code: 0, signal: null });
      },
    };
    started.push(server);
    return server;
  };
  return { started, start };
};

const turn = () => new Promise((done) => setTimeout(done, 5));
const keep = async (fake) => {
  const heard = { pids: [], said: [], gaveUp: [] };
  const kept = await keepPostgres({
    dataDir: '/nowhere',
    start: fake.start,
    pauseMs: 0,
    say: (line) => heard.said.push(line),
    onStart: (pid) => heard.pids.push(pid),
    onGiveUp: (why) => heard.gaveUp.push(why),
  });
  return { kept, heard };
};

describe('the embedded PostgreSQL of a run', () => {
  it('is started again on the same port when it ends by itself, and says so', async () => {
    const fake = servers();
    const { kept, heard } = await keep(fake);
    fake.started[0].end('SIGKILL');
    await turn();
    expect(fake.started.map(({ port }) => port)).toEqual([5_000, 5_000]);
    expect(heard.pids).toEqual([100, 101]);
    expect(heard.said[0]).toMatch(/SIGKILL.*starting it again/);
    await kept.stop();
    expect(fake.started[1].stopped).toBeGreaterThan(0);
    expect(heard.gaveUp).toEqual([]);
  });

  it('stays down when it was asked to stop', async () => {
    const fake = servers();
    const { kept } = await keep(fake);
    await kept.stop();
    await turn();
    expect(fake.started).toHaveLength(1);
  });

  it('waits for its port when a stranger holds it, since every app knows it by that', async () => {
    const fake = servers([5_000, 5_001, 5_000]);
    const { kept, heard } = await keep(fake);
    fake.started[0].end('SIGKILL');
    await turn();
    expect(fake.started[1].stopped).toBe(1);
    expect(heard.pids).toEqual([100, 102]);
    await kept.stop();
  });

  it('is given up when it ends again and again', async () => {
    const fake = servers();
    const { heard } = await keep(fake);
    for (let end = 0; end < 5; end += 1) {
      fake.started[end].end('SIGSEGV');
      await turn();
    }
    expect(fake.started).toHaveLength(5);
    expect(heard.gaveUp).toEqual([expect.stringContaining('5 times within a minute')]);
  });

  it('is given up when it does not start', async () => {
    const fake = servers();
    const { heard } = await keep({
      start: async (options) => {
        if (fake.started.length === 1) throw new Error('no space left');
        return fake.start(options);
      },
    });
    fake.started[0].end('SIGKILL');
    await turn();
    expect(heard.gaveUp).toEqual([expect.stringContaining('no space left')]);
  });
});
