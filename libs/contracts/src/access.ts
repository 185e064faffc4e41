/**
 * Who may do what, as data. A permission names one thing one may do; a role is a set of permissions.
 * Every role but `operator` acts within its own tenant; ownership (a buyer sees only what is theirs) comes on top.
 */
export const permissions = [
  // the catalogue
  'vehicle.read',
  'vehicle.write', // the tenant's private stock
  'catalogue.write', // what the whole installation shares
  'rates.manage',
  // where the catalogue comes from
  'source.read',
  'source.manage',
  'scrape.run',
  'ingest.read', // quarantine, match decisions
  'ingest.manage', // merges, splits, reprocessing
  // oneself
  'me.read',
  'me.write',
  // people of the tenant
  'user.read',
  'user.write',
  'user.invite',
  'api_key.manage',
  'oauth_client.manage',
  'oidc_provider.manage',
  'audit.read',
  // what cars are worth and cost
  'pricing.read', // valuations, similar cars, landed costs
  'price_query.run',
  'quote.create',
  'opportunity.read',
  'analytics.read',
  'stock_price.read', // recommended asking prices of the tenant's own stock
  'pricing_policy.manage', // the tenant's fees and mark-up rules
  'cost_rule.manage',
  'pricing_model.manage',
  // a sale: one's own, or the tenant's for its staff
  'order.read',
  'order.place',
  'order.act', // the buyer's steps
  'order.manage', // the staff's steps
  'order_policy.manage', // the tenant's deadlines and deposits
  'payment.read',
  'payment.start',
  'refund.request',
  'refund.approve', // never one's own request above the limit
  'ledger.read',
  'reconciliation.manage', // breaks, disputes, payouts
  'document.read',
  'document.sign',
  'document.issue', // by hand, corrections
  'document_template.manage',
  // the installation
  'tenant.read',
  'tenant.manage',
  'signing_key.manage',
  'monitoring.read',
  'messaging.read',
  'messaging.manage',
  'jobs.read',
  'jobs.manage',
] as const;

export type Permission = (typeof permissions)[number];

export const roles = ['buyer', 'scout', 'agent', 'ops', 'finance', 'admin', 'partner', 'operator'] as const;
export type Role = (typeof roles)[number];

/** Roles that a tenant's own admin may hand out. `operator` belongs to the installation. */
export const tenantRoles = roles.filter((role) => role !== 'operator');

/** Staff sign in with shorter idle times and, where the tenant asks for it, a second factor. */
export const staffRoles: readonly Role[] = ['scout', 'agent', 'ops', 'finance', 'admin', 'operator'];
export const isStaff = ({ roles: held }: { readonly roles: readonly Role[] }): boolean => held.some((role) => staffRoles.includes(role));

const self: readonly Permission[] = [
  'vehicle.read',
  'pricing.read',
  'me.read',
  'me.write',
  'price_query.run',
  'quote.create',
  'opportunity.read',
  'order.read',
  'order.place',
  'order.act',
  'payment.read',
  'payment.start',
  'document.read',
  'document.sign',
];
const staff: readonly Permission[] = [...self, 'analytics.read', 'stock_price.read'];

export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  buyer: self,
  scout: [...staff, 'source.read'],
  agent: [...staff, 'vehicle.write', 'source.read', 'user.read', 'order.manage', 'refund.request', 'document.issue'],
  ops: [...staff, 'vehicle.write', 'source.read', 'ingest.read', 'user.read', 'audit.read', 'order.manage', 'refund.request', 'document.issue'],
  finance: [...staff, 'user.read', 'audit.read', 'refund.request', 'refund.approve', 'ledger.read', 'reconciliation.manage', 'document.issue'],
  admin: [
    ...staff,
    'order.manage',
    'order_policy.manage',
    'refund.request',
    'refund.approve',
    'ledger.read',
    'reconciliation.manage',
    'document.issue',
    'document_template.manage',
    'pricing_policy.manage',
    'vehicle.write',
    'source.read',
    'ingest.read',
    'user.read',
    'user.write',
    'user.invite',
    'api_key.manage',
    'oauth_client.manage',
    'oidc_provider.manage',
    'audit.read',
    'tenant.read',
  ],
  partner: ['vehicle.read', 'pricing.read', 'price_query.run', 'quote.create', 'order.read', 'order.place', 'payment.read', 'document.read', 'opportunity.read', 'analytics.read', 'me.read', 'api_key.manage'],
  operator: permissions,
};

/** What somebody who has not signed in may do. */
export const anonymousPermissions: readonly Permission[] = ['vehicle.read', 'pricing.read'];

export const permissionsOf = (held: readonly Role[]): Set<Permission> =>
  new Set(held.flatMap((role) => rolePermissions[role]));

export const isPermission = (value: string): value is Permission =>
  (permissions as readonly string[]).includes(value);
export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value);
