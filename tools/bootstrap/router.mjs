// What a gateway does in production, small enough for one machine: each request goes to the service that declared its
// path. Bodies and answers are streamed; nothing is changed but the forwarding headers.
import { Agent, createServer, request as forward } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
/** Above what the services take, so that they are the ones to refuse. */
const headerLimit = 128 * 1_024;
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const pattern = (path) =>
  new RegExp(`^${path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : escape(part))).join('/')}/?$`);

/**
 * @param services [{ name, port, paths }] — `paths` are route templates as declared (`/api/v1/vehicles/:id`).
 * A path that several declare (health, monitoring) goes to the one named by `?service=`, else to the first.
 */
export const createRouter = ({ services, answers }) => {
  // Templates without parameters first, so that /vehicles/bulk is not taken for /vehicles/:id of another service.
  const routes = services
    .flatMap((service) => service.paths.map((path) => ({ service, path, match: pattern(path), wild: (path.match(/[:*]/g) ?? []).length })))
    .sort((a, b) => a.wild - b.wild || b.path.length - a.path.length);
  const byName = new Map(services.map((service) => [service.name, service]));

  const pick = (url) => {
    const path = url.pathname;
    const named = byName.get(url.searchParams.get('service') ?? '');
    const matching = routes.filter((route) => route.match.test(path));
    if (named !== undefined && matching.some((route) => route.service === named)) return named;
    return matching[0]?.service ?? services[0];
  };

  const server = createServer({ maxHeaderSize: headerLimit }, (incoming, outgoing) => {
    let url;
    try {
      url = new URL(incoming.url ?? '/', 'http://router');
    } catch {
      // Not an address at all: let a service refuse it in the house's own words.
      url = new URL('http://router/');
    }
    const own = answers?.[url.pathname];
    if (own !== undefined && incoming.method === 'GET') {
      own(incoming, outgoing).catch(() => unavailable(outgoing));
      return;
    }
    const service = pick(url);
    const headers = [];
    for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
      const name = incoming.rawHeaders[index];
      if (!hopByHop.has(name.toLowerCase()) && name.toLowerCase() !== 'x-forwarded-for') headers.push(name, incoming.rawHeaders[index + 1]);
    }
    headers.push('X-Forwarded-For', incoming.socket.remoteAddress ?? '', 'X-Forwarded-Host', incoming.headers.host ?? '');
    if (incoming.headers['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked');
    const outbound = forward(
      { agent, host: '127.0.0.1', port: service.port, method: incoming.method, path: incoming.url, headers },
      (answer) => {
        const back = [];
        for (let index = 0; index < answer.rawHeaders.length; index += 2) {
          if (!hopByHop.has(answer.rawHeaders[index].toLowerCase())) back.push(answer.rawHeaders[index], answer.rawHeaders[index + 1]);
        }
        outgoing.writeHead(answer.statusCode ?? 502, back);
        answer.pipe(outgoing);
        answer.on('error', () => outgoing.destroy());
      },
    );
    let answered = false;
    outbound.once('response', () => {
      answered = true;
      // A service may refuse before it has read everything: what is still on its way goes nowhere.
      incoming.unpipe(outbound);
      incoming.resume();
    });
    // Once there is an answer its own stream says whether it arrives whole.
    outbound.on('error', () => (answered ? undefined : unavailable(outgoing)));
    outgoing.on('close', () => outbound.destroy());
    incoming.pipe(outbound);
  });
  // A client that has said all it has to say may close its side and still wait for the answer.
  server.httpAllowHalfOpen = true;
  server.on('clientError', refuseUnreadable);
  return server;
};

const refusals = {
  unavailable: { status: 503, title: 'Temporarily unavailable', detail: 'The service behind this address does not answer.' },
  headers_too_large: { status: 431, title: 'The request headers are too large', detail: 'The address and the headers together are too large.' },
  malformed_request: { status: 400, title: 'The request could not be read', detail: 'This is no HTTP request.' },
};

const problem = (code) =>
  JSON.stringify({
    data: null,
    meta: { request_id: null, timestamp: new Date().toISOString() },
    error: { type: `/problems/${code}`, ...refusals[code], code },
  });

const unavailable = (outgoing) => {
  if (outgoing.headersSent) return outgoing.destroy();
  outgoing.writeHead(503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' });
  return outgoing.end(problem('unavailable'));
};

/** What could not be read as a request has no answer to write to: the refusal goes onto the connection itself. */
const refuseUnreadable = (error, socket) => {
  if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
  const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'malformed_request';
  const body = problem(code);
  const { status, title } = refusals[code];
  const head = [`HTTP/1.1 ${status} ${title}`, 'Content-Type: application/json; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close'];
  return socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};
