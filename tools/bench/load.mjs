// A load generator for loopback, small enough not to be what is measured: requests are prepared buffers, answers are
// only counted, one process, keep-alive connections, one request at a time on each (a closed loop).
// Run as a child: a JSON job on stdin, one line of JSON on stdout.
import { createHistogram } from 'node:perf_hooks';
import { connect } from 'node:net';

const head = Buffer.from('\r\n\r\n');

const lengthName = Buffer.from('\r\ncontent-length: ');

/** Read from the bytes, as all servers here write it: making text of a head would cost more than some answers do. */
const lengthOf = (data, end) => {
  const at = data.indexOf(lengthName);
  if (at >= 0 && at < end) {
    let length = 0;
    for (let index = at + lengthName.length; data[index] >= 48 && data[index] <= 57; index += 1) length = length * 10 + data[index] - 48;
    return length;
  }
  const text = data.latin1Slice(0, end + 2);
  if (/\r\ntransfer-encoding: ?chunked/i.test(text)) throw new Error('chunked answers are not counted here');
  const found = /\r\ncontent-length: *(\d+)/i.exec(text);
  return found === null ? 0 : Number(found[1]);
};

/** Calls `done(status)` for each complete answer of one connection. */
class Answers {
  #rest = null;
  #missing = 0;

  constructor(done) {
    this.done = done;
  }

  push(chunk) {
    let data = chunk;
    for (;;) {
      if (this.#missing > 0) {
        if (data.length < this.#missing) {
          this.#missing -= data.length;
          return;
        }
        data = data.subarray(this.#missing);
        this.#missing = 0;
        this.done(this.status);
        if (data.length === 0) return;
      }
      if (this.#rest !== null) {
        data = Buffer.concat([this.#rest, data]);
        this.#rest = null;
      }
      const end = data.indexOf(head);
      if (end < 0) {
        if (data.length > 0) this.#rest = data;
        return;
      }
      this.status = (data[9] - 48) * 100 + (data[10] - 48) * 10 + data[11] - 48;
      const length = lengthOf(data, end);
      data = data.subarray(end + 4);
      if (length === 0) this.done(this.status);
      this.#missing = length;
      if (data.length === 0 && length > 0) return;
    }
  }
}

/** Where answers come so close on one another, the next one is waited for awake: so long, as a collection of the server's may take. */
const closeMs = 0.2;
const awakeMs = 2;
/** How many answers the distance between them is the mean of. */
const manyAnswers = 64;

const encode = (request, host) => {
  const { method = 'GET', path, headers = {}, body } = typeof request === 'string' ? { path: request } : request;
  const payload = body === undefined ? undefined : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  if (payload !== undefined) lines.push('Content-Type: application/json', `Content-Length: ${payload.length}`);
  const text = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  return payload === undefined ? text : Buffer.concat([text, payload]);
};

/** Sends `requests` round and round (or each once, with `once`) for `seconds` over `connections`. */
export const load = ({ port, host = '127.0.0.1', requests, connections = 64, seconds = 8, warmup = 2, once = false, onMeasuring = () => {} }) =>
  new Promise((resolve, reject) => {
    const prepared = requests.map((request) => encode(request, `${host}:${port}`));
    const latency = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 });
    const statuses = {};
    let next = 0;
    let counted = 0;
    let open = 0;
    let measuring = false;
    let stopped = false;
    let began = performance.now();
    let cpuBefore = process.cpuUsage();
    const begin = () => {
      measuring = true;
      began = performance.now();
      cpuBefore = process.cpuUsage();
      onMeasuring();
    };
    const sockets = [];

    // Not asleep between answers that come close on one another: on a virtual machine it costs a server several microseconds
    // to wake a process on the other core, the more of them the less it is loaded, and that would be measured as the
    // server's. Where answers take their time, the core belongs to the server and its database.
    let awakeUntil = 0;
    let awake = false;
    let apart = closeMs;
    let last = performance.now();
    const watch = () => {
      awake = !stopped && performance.now() < awakeUntil;
      if (awake) setImmediate(watch);
    };
    const stayAwake = () => {
      const now = performance.now();
      apart += (now - last - apart) / manyAnswers;
      last = now;
      awakeUntil = apart > closeMs ? 0 : now + awakeMs;
      if (awake || awakeUntil === 0) return;
      awake = true;
      setImmediate(watch);
    };

    const finish = () => {
      if (stopped) return;
      stopped = true;
      const elapsed = (performance.now() - began) / 1000;
      for (const socket of sockets) socket.destroy();
      resolve({
        req_s: counted / elapsed,
        p50_ms: latency.percentile(50) / 1000,
        p95_ms: latency.percentile(95) / 1000,
        p99_ms: latency.percentile(99) / 1000,
        requests: counted,
        statuses,
        // How much of a core this process used itself: near 1 it is the load generator that is measured.
        client_busy: Object.values(process.cpuUsage(cpuBefore)).reduce((a, b) => a + b) / 1e6 / elapsed,
      });
    };

    for (let index = 0; index < connections; index += 1) {
      const socket = connect({ port, host, noDelay: true });
      sockets.push(socket);
      open += 1;
      let sent = 0;
      const send = () => {
        if (once && next >= prepared.length) {
          open -= 1;
          if (open === 0) finish();
          return;
        }
        sent = performance.now();
        socket.write(prepared[next % prepared.length]);
        next += 1;
      };
      const answers = new Answers((status) => {
        if (stopped) return;
        stayAwake();
        if (measuring) {
          counted += 1;
          statuses[status] = (statuses[status] ?? 0) + 1;
          latency.record(Math.max(1, Math.round((performance.now() - sent) * 1000)));
        }
        send();
      });
      socket.on('connect', send);
      socket.on('data', (chunk) => answers.push(chunk));
      socket.on('error', (error) => (stopped ? undefined : reject(error)));
      socket.on('close', () => (stopped ? undefined : reject(new Error(`the server on port ${port} closed a connection`))));
    }

    if (warmup > 0) {
      setTimeout(begin, warmup * 1000);
    } else {
      begin();
    }
    if (!once) setTimeout(finish, (warmup + seconds) * 1000);
  });

if (process.argv[1] === import.meta.filename) {
  const { readFileSync } = await import('node:fs');
  const result = await load({ ...JSON.parse(readFileSync(0, 'utf8')), onMeasuring: () => process.stdout.write('measuring\n') });
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
