import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { listenFrom } from '../shared/ports';
import type { Parsed } from './sandbox';

export interface Received {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly event: Parsed;
}

/** Somebody who takes webhooks; `answers` are the codes of the next ones, 200 after them. */
export const receiver = async (answers: number[] = []): Promise<{ url: string; received: Received[]; server: Server }> => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      received.push({ body, headers: request.headers, event: JSON.parse(body) });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  const port = await listenFrom(server, 0);
  return { url: `http://127.0.0.1:${port}/hook`, received, server };
};
