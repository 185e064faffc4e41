import { checkLastAdmin, checkRoleChange } from './role-grants';

const change = (by: string[], current: string[], wanted: string[], inTenant = true): string => {
  const result = checkRoleChange({ by, current, wanted, inTenant });
  return result.ok ? result.value.join('+') : result.error.code;
};

describe('who may hand out which role', () => {
  it.each([
    ['an admin makes a buyer an agent', ['admin'], ['buyer'], ['agent'], 'agent'],
    ['an admin gives two staff roles', ['admin'], ['agent'], ['ops', 'finance', 'ops'], 'finance+ops'],
    ['an admin can’t make an operator', ['admin'], ['agent'], ['operator'], 'permission_denied'],
    ['an admin can’t demote an operator', ['admin'], ['operator'], ['buyer'], 'permission_denied'],
    ['an agent changes nobody', ['agent', 'ops', 'finance'], ['buyer'], ['agent'], 'permission_denied'],
    ['nobody changes without a role', [], ['buyer'], ['agent'], 'permission_denied'],
    ['an operator can make an admin', ['operator'], ['buyer'], ['admin'], 'admin'],
    ['an operator belongs to no tenant', ['operator'], ['admin'], ['operator'], 'validation_failed'],
    ['somebody keeps at least one role', ['admin'], ['agent'], [], 'validation_failed'],
    ['a partner is not staff too', ['admin'], ['partner'], ['partner', 'admin'], 'validation_failed'],
    ['a buyer is not staff too', ['admin'], ['buyer'], ['buyer', 'agent'], 'validation_failed'],
  ])('%s', (_what, by, current, wanted, outcome) => {
    expect(change(by, current, wanted)).toBe(outcome);
  });

  it('without a tenant there is only operator', () => {
    expect(change(['operator'], ['operator'], ['admin'], false)).toBe('validation_failed');
    expect(change(['operator'], ['operator'], ['operator'], false)).toBe('operator');
  });
});

describe('a tenant keeps an admin', () => {
  it.each([
    [true, false, 0, false],
    [true, false, 1, true],
    [true, true, 0, true],
    [false, false, 0, true],
  ])('was %s, stays %s, %i others: allowed %s', (wasActiveAdmin, staysActiveAdmin, otherActiveAdmins, allowed) => {
    expect(checkLastAdmin({ wasActiveAdmin, staysActiveAdmin, otherActiveAdmins }).ok).toBe(allowed);
  });
});
