import type { Sandbox } from './sandbox';
import { control, smallSandbox, urlOf, type Parsed } from './suite/sandbox';

let sandbox: Sandbox;
let key: Record<string, string>;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 30 });
  key = (await control(sandbox, 'vendors')).vendors.find((vendor: Parsed) => vendor.slug === 'skribble').key;
});
afterAll(() => sandbox.close());

const pdf = Buffer.from('%PDF-1.7\n%%EOF\n').toString('base64');
const call = (path: string, body: unknown, token?: string) =>
  fetch(`${urlOf(sandbox, 'skribble')}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  });
const login = async (): Promise<string> => (await call('/v2/access/login', { username: key['username'], 'api-key': key['api_key'] })).text();
const wish = { title: 'A contract', content: pdf, custom: 'ref-1', signatures: [{ signer_identity_data: { email_address: 'seller@example.test' } }] };

describe('Skribble', () => {
  it('gives a token for the right key, and nothing without one', async () => {
    expect((await call('/v2/access/login', { username: key['username'], 'api-key': 'wrong' })).status).toBe(401);
    expect((await call('/v2/signature-requests', wish)).status).toBe(401);
    expect((await call('/v2/signature-requests', wish, 'wrong')).status).toBe(401);
    expect((await call('/v2/signature-requests', wish, await login())).status).toBe(201);
  });

  it('asks for a signature at a page of its own, once, and gives the signed file', async () => {
    const token = await login();
    const made: Parsed = await (await call('/v2/signature-requests', wish, token)).json();
    expect(made).toMatchObject({ status_overall: 'OPEN', custom: 'ref-1', signatures: [{ status_code: 'OPEN' }] });
    const decide = (what: string) => fetch(made.signing_url, { method: 'POST', body: new URLSearchParams({ do: what }), redirect: 'manual' });
    expect((await decide('sign')).status).toBe(303);
    await decide('decline');
    const shown: Parsed = await (await call(`/v2/signature-requests/${made.id}`, undefined, token)).json();
    expect(shown).toMatchObject({ status_overall: 'SIGNED', signatures: [{ status_code: 'SIGNED', signed_at: expect.any(String) }] });
    const file = await (await call(`/v2/documents/${made.document_id}/content`, undefined, token)).text();
    expect(file.startsWith('%PDF-1.7')).toBe(true);
    expect(file).toContain('seller@example.test');
    expect((await call(`/v2/signature-requests/${made.id}/withdraw`, {}, token)).status).toBe(409);
  });

  it('takes no file that is no PDF, and knows no request that was not made', async () => {
    const token = await login();
    expect((await call('/v2/signature-requests', { ...wish, content: Buffer.from('hello').toString('base64') }, token)).status).toBe(400);
    expect((await call('/v2/signature-requests', { title: 'x' }, token)).status).toBe(400);
    expect((await call('/v2/signature-requests/none', undefined, token)).status).toBe(404);
  });
});
