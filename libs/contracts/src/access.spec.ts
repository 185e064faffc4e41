import { anonymousPermissions, isPermission, permissions, permissionsOf, rolePermissions, roles, staffRoles, tenantRoles } from './access';

describe('roles and permissions', () => {
  it('name each permission once', () => {
    expect(new Set(permissions).size).toBe(permissions.length);
    for (const role of roles) expect(rolePermissions[role].every((permission) => isPermission(permission))).toBe(true);
  });

  it('give the operator everything and nobody else the installation', () => {
    expect(permissionsOf(['operator'])).toEqual(new Set(permissions));
    const installation = ['catalogue.write', 'tenant.manage', 'signing_key.manage', 'messaging.manage', 'jobs.manage', 'rates.manage', 'cost_rule.manage', 'pricing_model.manage'] as const;
    for (const role of tenantRoles) {
      for (const permission of installation) expect(permissionsOf([role]).has(permission)).toBe(false);
    }
  });

  it('let a buyer read the catalogue and its prices, ask what a car costs, buy it, and write only themselves', () => {
    expect(permissionsOf(['buyer'])).toEqual(
      new Set([
        ...['vehicle.read', 'pricing.read', 'me.read', 'me.write', 'price_query.run', 'quote.create', 'opportunity.read'],
        ...['order.read', 'order.place', 'order.act', 'payment.read', 'payment.start', 'document.read', 'document.sign'],
      ]),
    );
  });

  it('let a visitor read the catalogue and its prices and nothing else', () => {
    expect(anonymousPermissions).toEqual(['vehicle.read', 'pricing.read']);
  });

  it('add up over several roles', () => {
    const both = permissionsOf(['agent', 'finance']);
    for (const permission of [...rolePermissions.agent, ...rolePermissions.finance]) expect(both.has(permission)).toBe(true);
  });

  it('do not let a tenant hand out the operator role, nor count a partner or a buyer as staff', () => {
    expect(tenantRoles).not.toContain('operator');
    expect(staffRoles).not.toContain('buyer');
    expect(staffRoles).not.toContain('partner');
  });
});
