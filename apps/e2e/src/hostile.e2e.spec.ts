import { isProblemCode } from '@autobroker/contracts';
import { api, base, tokenOf, type Answer } from './platform';

interface Operation {
  readonly operationId?: string;
  readonly parameters?: { name: string; in: string; schema?: unknown }[];
  readonly requestBody?: { content: Record<string, unknown> };
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
const nasty = [
  "'; drop table vehicle.vehicles; --",
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  '\u0000',
  '\ud800',
  '{"$ne":null}',
  '-1',
  '1e999',
  '9007199254740993',
  '٣',
  'a'.repeat(3_000),
  '%00',
  '__proto__',
  '🚗'.repeat(50),
];
const bodies: unknown[] = [
  null,
  [],
  '',
  0,
  true,
  { __proto__x: 1 },
  JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'),
  { make: { $gt: '' }, model: ['x'], year: '2020', email: [], password: {}, vehicles: {} },
  { email: 'a@b', password: '\u0000'.repeat(20), make: '\u0000', model: '\ud800', year: 1e308, vehicles: [null, 1, 'x', {}, []] },
  deep(2_000),
];

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

const operations = async (): Promise<{ path: string; method: string; operation: Operation }[]> => {
  const document = (await (await fetch(`${base}/api/v1/openapi.json`)).json()) as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      // Signing out everywhere would end the very session that asks; it has its own journey.
      return operation === undefined || /logout/.test(path) ? [] : [{ path, method: method.toUpperCase(), operation }];
    }),
  );
};

const fill = (path: string, value: string) => path.replace(/\{[^}]+\}/g, encodeURIComponent(value.toWellFormed()));

/** What never may happen: a 5xx, a stack, a refusal that is no problem with a code of the closed list. */
const expectCivil = (what: string, answer: Answer) => {
  expect({ what, status: answer.status, text: answer.text.slice(0, 400), fine: answer.status < 500 }).toMatchObject({ fine: true });
  expect(answer.text).not.toMatch(/\bat .+\.(js|ts):\d+|QueryFailedError|syntax error at/);
  if (answer.status < 400) return;
  // OAuth and OpenID addresses answer in the form of their own standards.
  if (typeof (answer.body as { error?: unknown } | null)?.error === 'string') return;
  expect({ what, code: answer.body?.error?.code, known: isProblemCode(answer.body?.error?.code ?? '') }).toMatchObject({ known: true });
};

describe('every operation of the served document, treated badly', () => {
  it('exists', async () => expect((await operations()).length).toBeGreaterThan(40));

  it.each(['anonymous', 'buyer', 'admin', 'operator'])('stays civil to hostile addresses and parameters from %s', async (role) => {
    const token = role === 'anonymous' ? undefined : await tokenOf(role);
    for (const { path, method, operation } of await operations()) {
      if (method !== 'GET') continue;
      const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name);
      const variants = nasty.flatMap((value) => {
        const filled = fill(path, value);
        const all = query.map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`).join('&');
        return [filled, ...(all === '' ? [] : [`${fill(path, '01890000-0000-7000-8000-000000000000')}?${all}`])];
      });
      for (const variant of variants) {
        expectCivil(`${method} ${variant.slice(0, 200)}`, await api(variant, token === undefined ? {} : { token }));
      }
    }
  }, 300_000);

  it.each(['anonymous', 'buyer', 'partner'])('stays civil to hostile bodies from %s', async (role) => {
    const token = role === 'anonymous' ? undefined : await tokenOf(role);
    for (const { path, method } of await operations()) {
      if (method === 'GET') continue;
      for (const body of bodies) {
        const answer = await api(fill(path, '01890000-0000-7000-8000-000000000000'), {
          method,
          json: body,
          headers: { 'if-match': '"1-x"' },
          ...(token === undefined ? {} : { token }),
        });
        expectCivil(`${method} ${path} ${JSON.stringify(body).slice(0, 100)}`, answer);
      }
    }
  }, 300_000);
});
