import { randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { refuse } from '@autobroker/kernel';
import { z } from 'zod';
import { can, publicRoute, type RefusedRequest } from '../../auth';
import { defineRoute, Handle, orThrow, ProblemError, reply } from '..';
import { startTestServer, type TestServer } from '../testing/test-server';

const id = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b77';
const pay = { method: 'POST', tag: 't', summary: 'Pays', params: z.strictObject({ id: z.uuid() }), body: z.strictObject({ amount: z.int().positive() }), response: { status: 200, data: z.unknown() } } as const;
const kept = defineRoute({ ...pay, path: '/kept/:id', idempotency: 'required', access: can('refund.request', { auditRefusals: true }) });
const unkept = defineRoute({ ...pay, path: '/unkept/:id', access: can('refund.request') });
const forged = defineRoute({ method: 'POST', path: '/forged', tag: 't', summary: 'Is told', idempotency: 'exempt', access: publicRoute({ ownCredentials: true, auditRefusals: true }), response: { status: 200, data: z.unknown() } });

@Controller()
class Routes {
  @Handle(kept)
  async kept({ body }: { readonly body: { readonly amount: number } }) {
    if (body.amount === 500) throw new Error('ours');
    if (body.amount === 404) throw new ProblemError('not_found');
    if (body.amount === 403) orThrow(refuse('permission_denied', 'no'), { isAudited: true });
    return body.amount > 1 ? orThrow(refuse('refund_exceeds_payment', 'At most 1.', { errors: [{ pointer: '/amount', code: 'too_much', detail: 'At most 1.' }] })) : reply({});
  }
  @Handle(unkept)
  unkept() {
    throw new ProblemError('conflict');
  }
  @Handle(forged)
  forged() {
    throw new ProblemError('signature_invalid');
  }
}

let server: TestServer;
const heard: RefusedRequest[] = [];
let wake: () => void = () => undefined;
beforeAll(async () => {
  server = await startTestServer({ controllers: [Routes], refusalAuditOf: () => ({ refused: (request) => (heard.push(request), wake()) }) });
});
afterAll(() => server?.close());

/** Of the next refusal that is kept: it is told when its answer is out, in the order of the answers. */
const next = async (): Promise<RefusedRequest> => {
  for (;;) {
    const first = heard.shift();
    if (first !== undefined) return first;
    await new Promise<void>((resolve) => (wake = resolve));
  }
};

const ask = async (path: string, body: string, headers: Record<string, string> = {}): Promise<number> => {
  const answer = await fetch(`${server.url}/api/v1${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: 'Bearer user:u1', 'idempotency-key': randomUUID(), ...headers } });
  await answer.arrayBuffer();
  return answer.status;
};

/** Nothing was told before this one. */
const expectNothingMore = async (): Promise<void> => {
  await ask(`/kept/${id}`, '{"amount":404}');
  expect((await next()).code).toBe('not_found');
};

describe('a route that keeps its refusals', () => {
  it.each([
    ['what was not signed in', '{"amount":1}', { authorization: 'Bearer nonsense' }, 401, 'unauthenticated', []],
    ['what was no JSON', '{"amount":', {}, 400, 'malformed_json', []],
    ['an amount below zero', '{"amount":-1}', {}, 400, 'validation_failed', ['too_small']],
    ['a request without its key', '{"amount":1}', { 'idempotency-key': '' }, 400, 'idempotency_key_invalid', []],
    ['what the rules refuse', '{"amount":2}', {}, 409, 'refund_exceeds_payment', ['too_much']],
    ['another tenant’s object', '{"amount":404}', {}, 404, 'not_found', []],
  ])('tells of %s', async (_, body, headers, status, code, because) => {
    expect(await ask(`/kept/${id}`, body, headers)).toBe(status);
    const { principal, ...refused } = await next();
    expect([refused, principal.id]).toEqual([expect.objectContaining({ code, status, because, route: '/api/v1/kept/:id', method: 'POST', objectId: id }), status === 401 ? null : 'u1']);
  });

  it('tells nothing of what was let in, of our own faults, and of what somebody has written down already', async () => {
    expect([await ask(`/kept/${id}`, '{"amount":1}'), await ask(`/kept/${id}`, '{"amount":500}'), await ask(`/kept/${id}`, '{"amount":403}')]).toEqual([200, 500, 403]);
    await expectNothingMore();
  });

  it('tells once of what is asked again under the same key', async () => {
    const again = { 'idempotency-key': 'again' };
    expect([await ask(`/kept/${id}`, '{"amount":2}', again), await ask(`/kept/${id}`, '{"amount":2}', again)]).toEqual([409, 409]);
    expect((await next()).code).toBe('refund_exceeds_payment');
    await expectNothingMore();
  });

  it('may be open to all, where a signature is all that is believed', async () => {
    expect(await ask('/forged', '')).toBe(403);
    expect(await next()).toMatchObject({ code: 'signature_invalid', objectId: null });
  });

  it('is one that says so', async () => {
    expect(await ask(`/unkept/${id}`, '{"amount":1}')).toBe(409);
    await expectNothingMore();
  });
});
