// Starts and stops the servers that a benchmark compares, and the load generator, each a process of its own.
import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { servedFlags } from '../bootstrap/served-flags.mjs';
import { freePort } from '../engines/support.mjs';

/** A child that says `ready` over its channel and stops when the channel closes. All that are compared run with the same flags. */
export const startServer = async (file, env = {}) => {
  const port = Number(env.PORT ?? (await freePort()));
  const child = fork(file, [], {
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warning', ...env, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...servedFlags],
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
    pid: child.pid,
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

/** What a process has used of the processor so far, in microseconds, its threads included; null where /proc is not. */
export const cpuOf = (pid) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return null;
  }
};

/** Runs the load generator in its own process, so that what it costs is not the server's; says what both cost. */
export const measure = ({ server, ...job }) =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'load.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    let before = null;
    // From the end of the warm-up on; the load generator says when.
    const read = createInterface({ input: child.stdout });
    read.on('line', (line) => {
      if (line === 'measuring') before = cpuOf(server?.pid);
      else text = line;
    });
    read.once('close', () => {
      const after = cpuOf(server?.pid);
      if (text === '') return;
      const result = JSON.parse(text);
      const serverUs = before === null || after === null ? null : (after - before) / result.requests;
      done({ ...result, server_us: serverUs });
    });
    child.once('error', failed);
    child.once('exit', (code) => (code === 0 ? undefined : failed(new Error(`the load generator ended with ${code}`))));
    child.stdin.end(JSON.stringify(job));
  });

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const mean = (values) => (values.some((value) => value === null) ? null : values.reduce((a, b) => a + b) / values.length);

const merged = (results) => {
  const all = (name) => results.map((result) => result[name]);
  const statuses = {};
  for (const [status, count] of results.flatMap((result) => Object.entries(result.statuses))) statuses[status] = (statuses[status] ?? 0) + count;
  return {
    ...Object.fromEntries(['req_s', 'client_busy', 'server_us'].map((name) => [name, mean(all(name))])),
    ...Object.fromEntries(['p50_ms', 'p95_ms', 'p99_ms'].map((name) => [name, median(all(name))])),
    requests: all('requests').reduce((a, b) => a + b),
    statuses,
  };
};

/**
 * Several in turns, a part of the time each: a machine that is shared with others is a fifth slower from one minute to the
 * next, and what is measured after the other would be compared with another machine. With `distinct`, no turn repeats what
 * an earlier one has asked.
 */
export const inTurns = async (jobs, turns = 4) => {
  const results = jobs.map(() => []);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, { distinct = false, requests, seconds = 8, warmup = 2, ...job }] of jobs.entries()) {
      const size = Math.floor(requests.length / turns);
      const part = distinct ? requests.slice(turn * size, (turn + 1) * size) : requests;
      results[index].push(await measure({ ...job, requests: part, seconds: seconds / turns, warmup: turn === 0 ? warmup : Math.min(warmup, 0.5) }));
    }
  }
  return results.map(merged);
};
