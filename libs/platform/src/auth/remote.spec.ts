import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpClient, type HttpClient } from '../http';
import { testSigningKey } from './fixtures';
import { RemoteApiKeyVerifier, RemoteKeySource, RemoteRevocations, RemoteTenantDirectory } from './index';

const tenant = { id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b01', slug: 'acme' };
const key = testSigningKey('k1');

type Answer = readonly [status: number, body: unknown];

/** The identity service as far as other services ask it. */
function answerTo(request: IncomingMessage, body: string): Answer {
  const url = new URL(request.url ?? '/', 'http://identity');
  switch (url.pathname) {
    case '/.well-known/jwks.json':
      return [200, { keys: [key.jwk] }];
    case '/api/v1/tenants/resolve':
      if (url.searchParams.get('tenant') === 'acme' || url.searchParams.get('host') === 'cars.example') return [200, { data: tenant, meta: {}, error: null }];
      return [url.searchParams.get('tenant') === 'broken' ? 500 : 404, { data: null, error: { code: 'tenant_not_found' } }];
    case '/api/v1/oauth/introspect': {
      if (request.headers['x-internal-secret'] !== 'a-long-internal-secret') return [403, {}];
      const { token } = JSON.parse(body) as { token: string };
      if (token !== 'ab_live_known_secret') return [200, { active: false }];
      return [200, { active: true, sub: 'c1', tid: tenant.id, roles: ['partner', 'emperor'], tier: 'pro', scope: 'vehicle.read', kind: 'client', key_id: 'known', exp: 2_000_000_000 }];
    }
    case '/api/v1/auth/revocations':
      if (request.headers['x-internal-secret'] !== 'a-long-internal-secret') return [404, {}];
      return [200, { data: [{ session_id: tenant.id, tokens_expire_at: '2030-01-01T00:00:00.000Z' }], meta: {}, error: null }];
    default:
      return [404, {}];
  }
}

describe('identity over HTTP', () => {
  let server: Server;
  let client: HttpClient;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const [status, answer] = answerTo(request, body);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = httpClient({ name: 'identity-spec', baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 2_000, retries: 0 });
  });
  afterAll(() => {
    client.dispose();
    server.closeAllConnections();
    server.close();
  });

  it('gives the signing keys', async () => {
    expect(await new RemoteKeySource(client).keys()).toMatchObject([{ kid: 'k1', crv: 'Ed25519' }]);
  });

  it('knows tenants by name and by host, and tells “none” from “cannot say”', async () => {
    const directory = new RemoteTenantDirectory(client);
    expect(await directory.find({ tenant: 'acme' })).toEqual(tenant);
    expect(await directory.find({ host: 'cars.example' })).toEqual(tenant);
    expect(await directory.find({ tenant: 'nobody' })).toBeNull();
    await expect(directory.find({ tenant: 'broken' })).rejects.toThrow('500');
  });

  it('tells which sessions were ended, to services of the installation only', async () => {
    const ended = await new RemoteRevocations(client, 'a-long-internal-secret').recent();
    expect(ended).toEqual([{ id: tenant.id, tokensExpireAt: new Date('2030-01-01T00:00:00Z') }]);
    await expect(new RemoteRevocations(client, 'not-that-secret-at-all').recent()).rejects.toThrow('404');
  });

  it('introspects API keys, proving itself with the secret of the installation', async () => {
    const verifier = new RemoteApiKeyVerifier(client, 'a-long-internal-secret');
    expect(await verifier.verify('ab_live_known_secret')).toMatchObject({
      keyId: 'known', kind: 'client', id: 'c1', tenantId: tenant.id, roles: ['partner'], scopes: ['vehicle.read'],
    });
    expect(await verifier.verify('ab_live_other_secret')).toBeNull();
    await expect(new RemoteApiKeyVerifier(client, 'a-wrong-secret').verify('ab_live_known_secret')).rejects.toThrow('403');
  });
});
