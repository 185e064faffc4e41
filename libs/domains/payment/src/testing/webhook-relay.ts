import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

export interface Arrived {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly type: string;
}

/** Stands between a provider and us: passes on what it gets, keeps it back, or sends it again. */
export class WebhookRelay {
  readonly arrived: Arrived[] = [];
  readonly held: Arrived[] = [];
  isHolding = false;
  target = '';

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<WebhookRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the relay has no port');
    const relay = new WebhookRelay(server, `http://127.0.0.1:${address.port}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const parsed = JSON.parse(body.toString('utf8'));
        const one: Arrived = { path: request.url ?? '', headers: request.headers, body, type: String(parsed.type ?? parsed.event_type) };
        relay.arrived.push(one);
        if (relay.isHolding) {
          relay.held.push(one);
          response.writeHead(200).end();
          return;
        }
        relay.send(one).then(
          (status) => response.writeHead(status).end(),
          () => response.writeHead(502).end(),
        );
      });
    });
    return relay;
  }

  async send({ path, headers, body }: Arrived, change: Record<string, string> = {}): Promise<number> {
    const kept = Object.fromEntries(Object.entries(headers).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && !['host', 'connection', 'content-length'].includes(pair[0])));
    const answer = await fetch(new URL(path, this.target), { method: 'POST', headers: { ...kept, ...change }, body: new Uint8Array(body) });
    await answer.arrayBuffer();
    return answer.status;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.closeAllConnections();
      this.server.close(() => resolve());
    });
  }
}
