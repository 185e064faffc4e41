// Starts and stops the servers that a benchmark compares, and the load generator, each a process of its own.
import { fork, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const freePort = () =>
  new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** A child that says `ready` over its channel and stops when the channel closes. */
export const startServer = async (file, env = {}) => {
  const port = await freePort();
  const child = fork(file, [], {
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warning', ...env, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`${file} ended with ${code} before it was ready`)));
    child.on('message', (message) => (message?.type === 'ready' ? done() : undefined));
  });
  child.removeAllListeners('exit');
  return {
    port,
    child,
    /** Harmless to repeat: a benchmark stops some servers before its end. */
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(timer);
    },
  };
};

/** Runs the load generator in its own process, so that what it costs is not the server's. */
export const measure = (job) =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'load.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.once('error', failed);
    child.once('exit', (code) => (code === 0 ? done(JSON.parse(text)) : failed(new Error(`the load generator ended with ${code}`))));
    child.stdin.end(JSON.stringify(job));
  });
