import { anonymous, CappedRefusalAudit, principalOf, type RefusedRequest } from '.';

const user = (id: string) => principalOf({ kind: 'user', id, tenantId: null, roles: ['buyer'], tier: 'free' });
const refusal = (over: Partial<RefusedRequest> = {}): RefusedRequest => ({ principal: user('u1'), code: 'permission_denied', status: 403, method: 'POST', route: '/x', objectId: null, because: [], ip: '::1', requestId: 'r', ...over });

describe('refusals that are kept', () => {
  const kept: RefusedRequest[] = [];
  const audit = new CappedRefusalAudit(async (request) => void kept.push(request), { perCallerAMinute: 2, totalAMinute: 3 }, () => 0);
  beforeEach(() => kept.splice(0));

  it('are so many a minute of one caller, and of all together', () => {
    for (let i = 0; i < 5; i += 1) audit.refused(refusal());
    for (const id of ['u2', 'u3']) audit.refused(refusal({ principal: user(id) }));
    expect(kept.map(({ principal }) => principal.id)).toEqual(['u1', 'u1', 'u2']);
  });

  it('are counted apart for who has not signed in: forging webhooks hides nothing that people of the house try', () => {
    const storm = new CappedRefusalAudit(async (request) => void kept.push(request), { perCallerAMinute: 2, totalAMinute: 3 }, () => 0);
    for (let i = 0; i < 50; i += 1) storm.refused(refusal({ principal: anonymous, ip: `10.0.0.${i}`, code: 'signature_invalid' }));
    storm.refused(refusal({ code: 'second_approval_required' }));
    expect(kept.map(({ code }) => code)).toEqual(['signature_invalid', 'signature_invalid', 'signature_invalid', 'second_approval_required']);
  });
});
