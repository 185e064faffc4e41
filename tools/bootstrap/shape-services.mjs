// The distributed shape on one machine: every app its own process on a port of its own, a router in front.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { choosePort, root } from './lib.mjs';
import { createRouter } from './router.mjs';

const require = createRequire(import.meta.url);

export const launch = async ({ env, port, lock, startApp, stopApp, onExit }) => {
  const { hostedServices, servicePaths } = require(join(root, 'apps/platform/dist/services.js'));
  const { mergeOpenApi, renderReference } = require('@autobroker/platform/http');
  const taken = new Set([port]);
  const services = [];
  for (const definition of hostedServices) {
    const chosen = await choosePort(`${definition.name}'s port`, undefined, port + 100, taken);
    taken.add(chosen.port);
    services.push({ name: definition.name, port: chosen.port, paths: servicePaths(definition) });
  }
  const identity = services.find((service) => service.name === 'identity');
  const children = [];
  const stop = async () => {
    await new Promise((done) => (server.listening ? server.close(done) : done()));
    await Promise.all(children.map((child) => stopApp(child)));
  };

  const document = async () => {
    const parts = await Promise.all(
      services.map(async (service) => (await fetch(`http://127.0.0.1:${service.port}/api/v1/openapi.json`)).json()),
    );
    return mergeOpenApi(parts);
  };
  const answer = (type, make) => async (_incoming, outgoing) => {
    const body = Buffer.from(await make());
    outgoing.writeHead(200, { 'content-type': type, 'content-length': body.length });
    outgoing.end(body);
  };
  const server = createRouter({
    services,
    answers: {
      '/api/v1/openapi.json': answer('application/json; charset=utf-8', async () => JSON.stringify(await document())),
      '/api/docs': answer('text/html; charset=utf-8', async () => renderReference(await document())),
    },
  });

  try {
    await Promise.all(
      services.map(async (service) => {
        const label = `The ${service.name} service`;
        const { child } = await startApp(
          join(root, `apps/${service.name}/dist/main.js`),
          {
            ...env,
            PORT: String(service.port),
            HOST: '127.0.0.1',
            HTTP_TRUST_PROXY: 'loopback',
            IDENTITY_URL: `http://127.0.0.1:${identity.port}`,
            PUBLIC_URL: env.PUBLIC_URL ?? `http://localhost:${port}`,
            // Each service signs in to the database as itself and can reach no other's tables.
            DATABASE_URL: env[`DATABASE_URL_${service.name.toUpperCase()}`] ?? env.DATABASE_URL,
          },
          { label, onExit: (code, signal) => onExit(label, code, signal) },
        );
        children.push(child);
        lock.addChild(child.pid);
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
