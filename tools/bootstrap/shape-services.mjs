// The distributed shape on one machine: every app its own process on a port of its own, a router in front.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { choosePort, root } from './lib.mjs';
import { createRouter } from './router.mjs';

const require = createRequire(import.meta.url);

/** A service is called as its schema, and `order` is a word of SQL's own. */
const appOf = (service) => (service === 'orders' ? 'order' : service);

/** The same database, entered under the service's own role; an installation without such roles keeps its one login. */
const signedInAs = (address, service, password) => {
  if (password === undefined) return address;
  const url = new URL(address);
  url.username = `autobroker_${service}`;
  url.password = password;
  return url.href;
};

export const launch = async ({ env, port, lock, startApp, stopApp, onExit }) => {
  const { hostedServices, openApiDocument, servicePaths } = require(join(root, 'apps/platform/dist/services.js'));
  const { pageHeaders, renderReference } = require('@autobroker/platform/http');
  const passwords = Object.fromEntries((env.DATABASE_SERVICE_PASSWORDS ?? '').split(',').map((pair) => pair.split(':')));
  const taken = new Set([port]);
  const services = [];
  for (const definition of hostedServices) {
    const chosen = await choosePort(`${definition.name}'s port`, undefined, port + 100, taken);
    taken.add(chosen.port);
    services.push({ name: definition.name, port: chosen.port, paths: servicePaths(definition) });
  }
  const addressOf = (name) => `http://127.0.0.1:${services.find((service) => service.name === name).port}`;
  const children = [];
  const stop = async () => {
    await new Promise((done) => (server.listening ? server.close(done) : done()));
    await Promise.all(children.map((child) => stopApp(child)));
  };

  // Each service serves the document of its own routes; here is the one of all.
  const document = openApiDocument();
  const answer = (type, text, headers = {}) => {
    const plain = Buffer.from(text);
    const packed = gzipSync(plain);
    return async (incoming, outgoing) => {
      const small = /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? '');
      const body = small ? packed : plain;
      outgoing.writeHead(200, {
        'x-content-type-options': 'nosniff',
        ...headers,
        vary: 'accept-encoding',
        'content-type': type,
        'content-length': body.length,
        ...(small ? { 'content-encoding': 'gzip' } : {}),
      });
      outgoing.end(body);
    };
  };
  const server = createRouter({
    services,
    answers: {
      '/api/v1/openapi.json': answer('application/json; charset=utf-8', JSON.stringify(document)),
      '/api/docs': answer('text/html; charset=utf-8', renderReference(document), pageHeaders),
    },
  });

  try {
    await Promise.all(
      services.map(async (service) => {
        const label = `The ${service.name} service`;
        await startApp(
          join(root, `apps/${appOf(service.name)}/dist/main.js`),
          {
            ...env,
            PORT: String(service.port),
            HOST: '127.0.0.1',
            HTTP_TRUST_PROXY: 'loopback',
            IDENTITY_URL: addressOf('identity'),
            PRICING_URL: addressOf('pricing'),
            ORDER_URL: addressOf('orders'),
            PUBLIC_URL: env.PUBLIC_URL ?? `http://localhost:${port}`,
            // Each service signs in to the database as itself and can reach no other's tables.
            DATABASE_URL: signedInAs(env.DATABASE_URL, service.name, passwords[service.name]),
            DATABASE_SERVICE_PASSWORDS: '',
          },
          {
            label,
            onSpawn: (child) => {
              children.push(child);
              lock.addChild(child.pid);
            },
            onExit: (code, signal) => onExit(label, code, signal),
          },
        );
      }),
    );
    await new Promise((done, failed) => {
      server.once('error', failed);
      server.listen({ port, host: env.HOST ?? 'localhost' }, done);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls: Object.fromEntries(services.map((service) => [service.name, `http://127.0.0.1:${service.port}`])), stop };
};
