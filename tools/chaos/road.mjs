// The road on which providers' messages come: it counts them, and some never arrive though their sender believes so.
import { createHash } from 'node:crypto';
import { createServer, request as ask } from 'node:http';

export class Road {
  seen = new Map();
  deliveries = 0;
  arrived = 0;
  refused = 0;
  share = 0;

  constructor(seed) {
    this.seed = seed;
  }

  async open() {
    this.server = createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => this.pass(request, Buffer.concat(parts), response));
      request.on('error', () => response.destroy());
    });
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
  }

  pass(request, body, response) {
    const isWebhook = request.method === 'POST' && request.url.startsWith('/api/v1/webhooks/');
    const id = isWebhook ? `${request.url} ${idOf(body)}` : null;
    if (id !== null) {
      this.deliveries += 1;
      const known = this.seen.get(id) ?? { times: 0, taken: 0, isLost: this.draw(id) < this.share };
      known.times += 1;
      this.seen.set(id, known);
      if (known.isLost) {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
        return;
      }
    }
    const onward = ask({ host: '127.0.0.1', port: this.to, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      if (id !== null) {
        if (answer.statusCode < 300) {
          this.arrived += 1;
          this.seen.get(id).taken += 1;
        } else this.refused += 1;
      }
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => {
      if (id !== null) this.refused += 1;
      if (!response.headersSent) response.writeHead(503);
      response.end();
    });
    onward.end(body);
  }

  /** The same event has the same fate, however often it is sent. */
  draw(id) {
    return createHash('sha256').update(`${this.seed} ${id}`).digest().readUInt32BE() / 0xffff_ffff;
  }

  get figures() {
    const all = [...this.seen.values()];
    return { events: all.length, lost: all.filter(({ isLost }) => isLost).length, doubled: all.filter(({ taken }) => taken > 1).length, deliveries: this.deliveries, arrived: this.arrived, refused: this.refused };
  }

  close() {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

const idOf = (body) => {
  try {
    return JSON.parse(body.toString('utf8')).id ?? '';
  } catch {
    return '';
  }
};
