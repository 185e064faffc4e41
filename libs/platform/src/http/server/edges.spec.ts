import { connect } from 'node:net';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { publicRoute } from '../../auth';
import { defineRoute, Handle, HealthRegistry } from '..';
import { startTestServer, type TestServer } from '../testing/test-server';

const hello = defineRoute({
  method: 'GET',
  path: '/hello',
  tag: 't',
  summary: 'Hello',
  access: publicRoute(),
  response: { status: 200, data: z.string() },
});

@Controller()
class Routes {
  @Handle(hello)
  hello() {
    return 'hello';
  }
}

let server: TestServer;
const begin = async (env: NodeJS.ProcessEnv = {}): Promise<void> => {
  server = await startTestServer({ controllers: [Routes], health: new HealthRegistry(), env });
};
afterEach(() => server.close());

const hsts = async (): Promise<string | null> =>
  (await fetch(`${server.url}/api/v1/hello`)).headers.get('strict-transport-security');

describe('strict transport security', () => {
  it('is asked for where the installation says that it is reached by TLS', async () => {
    await begin({ HTTP_HSTS_SECONDS: '31536000' });
    expect(await hsts()).toBe('max-age=31536000; includeSubDomains');
    expect((await fetch(`${server.url}/nowhere`)).headers.get('strict-transport-security')).toContain('31536000');
  });

  it('is not asked for otherwise: a browser would remember it for a year', async () => {
    await begin();
    expect(await hsts()).toBeNull();
  });
});

describe('a request that does not arrive', () => {
  it('is given up with a problem, so that slow senders hold no connection for ever', async () => {
    await begin({ HTTP_REQUEST_TIMEOUT: '300ms' });
    const text = await new Promise<string>((resolve) => {
      let got = '';
      const socket = connect(server.port, '127.0.0.1', () => socket.write('GET /api/v1/hello HTTP/1.1\r\nHost: x\r\n'));
      socket.on('data', (chunk) => (got += chunk.toString()));
      socket.on('close', () => resolve(got));
    });
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toContain('HTTP/1.1 408 Request Timeout');
    expect(JSON.parse(body)).toMatchObject({ data: null, error: { code: 'request_timeout', status: 408 } });
  });
});

describe('the notice of a stop', () => {
  it('leaves load balancers time: not ready at once, and still answering until it is over', async () => {
    await begin({ HTTP_DRAIN_NOTICE: '400ms', HTTP_DRAIN: '1s' });
    let over = false;
    const drained = server.http.drain().then(() => (over = true));
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const answer = await fetch(`${server.url}/api/v1/hello`);
    expect([answer.status, over]).toEqual([200, false]);
    await drained;
    expect(over).toBe(true);
  });
});
