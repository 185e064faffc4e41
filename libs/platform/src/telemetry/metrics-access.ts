import { hash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { logger } from './logger';
import { metrics } from './metrics';

export interface MetricsAccess {
  readonly production: boolean;
  readonly token: string | undefined;
}

/** Who may read /metrics on the main port: in production the holder of the token, and nobody when there is none. */
export function mayReadMetrics(access: MetricsAccess, authorization: string | undefined): boolean {
  if (access.token === undefined) return !access.production;
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  return given !== undefined && timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', access.token, 'buffer'));
}

/** /metrics on a port of its own, for networks where only the collector gets there. */
export async function serveMetrics(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.render().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      (error: unknown) => {
        logger('telemetry').error({ err: error }, 'metrics could not be collected');
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  server.unref();
  return server;
}
