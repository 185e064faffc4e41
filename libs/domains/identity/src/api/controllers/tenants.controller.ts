import { can, publicRoute } from '@autobroker/platform/auth';
import { decodeIdCursor, defineRoute, encodeCursor, etagOf, Handle, Input, pageQuery, pageWindow, paginationOf, ProblemError, reply, type InputOf } from '@autobroker/platform/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { actorOf } from '../../application/caller';
import { ManageTenants } from '../../application/manage-tenants';
import { TenantLookups } from '../../application/tenant-lookup';
import { idParams, idSchema } from '../schemas/common';
import { patchTenantBody, presentPublicTenant, presentTenant, publicTenantSchema, tenantBody, tenantSchema } from '../schemas/tenants';
import { callerOf, settled } from '../support';

const tag = 'tenants';
const nameText = z.string().min(1).max(260);
const binding = ['tenants'];

export const resolveTenant = defineRoute({
  tag, method: 'GET', path: '/tenants/resolve', summary: 'Which tenant a host name, slug or id means', access: publicRoute(),
  description: 'A host name that belongs to nobody means the installation’s first tenant.',
  query: z
    .strictObject({ host: nameText.optional(), slug: nameText.optional(), tenant: nameText.optional() })
    .refine((query) => [query.host, query.slug, query.tenant].filter((one) => one !== undefined).length === 1, { error: 'give exactly one of host, slug and tenant' }),
  response: { status: 200, data: z.strictObject({ id: idSchema, slug: z.string() }) }, errors: ['tenant_not_found'],
});
export const currentTenant = defineRoute({
  tag, method: 'GET', path: '/tenants/current', summary: 'The broker of this address: name, colours, currency, language', access: publicRoute(),
  response: { status: 200, data: publicTenantSchema }, errors: ['tenant_not_found'],
});
export const listTenants = defineRoute({
  tag, method: 'GET', path: '/tenants', summary: 'Every tenant of the installation', access: can('tenant.manage'),
  query: z.strictObject({ ...pageQuery.shape }), response: { status: 200, data: z.array(tenantSchema), paginated: true }, errors: ['page_too_deep', 'invalid_cursor'],
});
export const getTenant = defineRoute({
  tag, method: 'GET', path: '/tenants/:id', summary: 'One tenant', access: can('tenant.read'), params: idParams, response: { status: 200, data: tenantSchema }, errors: ['not_found'],
});
export const createTenant = defineRoute({
  tag, method: 'POST', path: '/tenants', summary: 'Set up a broker', access: can('tenant.manage'), body: tenantBody, response: { status: 201, data: tenantSchema }, errors: ['already_exists'],
});
export const patchTenant = defineRoute({
  tag, method: 'PATCH', path: '/tenants/:id', summary: 'Change a broker', access: can('tenant.manage'), params: idParams, body: patchTenantBody,
  response: { status: 200, data: tenantSchema }, errors: ['not_found', 'already_exists'],
});

@Controller()
export class TenantsController {
  constructor(
    private readonly tenants: ManageTenants,
    private readonly lookups: TenantLookups,
  ) {}

  @Handle(resolveTenant)
  async resolve(@Input() { query }: InputOf<typeof resolveTenant>) {
    const named = query.tenant ?? query.slug;
    const found = await this.lookups.find(named === undefined ? { host: query.host ?? '' } : { tenant: named });
    if (found === null) throw new ProblemError('tenant_not_found');
    return { id: found.id, slug: found.slug };
  }

  @Handle(currentTenant)
  async current(@Input() { tenantId }: InputOf<typeof currentTenant>) {
    return presentPublicTenant(settled(await this.tenants.current(tenantId)));
  }

  @Handle(listTenants)
  async list(@Input() { query }: InputOf<typeof listTenants>) {
    const { page, per_page: perPage, cursor } = query;
    const after = cursor === undefined ? undefined : decodeIdCursor(cursor, binding);
    const window = after === undefined ? pageWindow(query) : { limit: perPage, offset: 0 };
    const { items, total } = await this.tenants.list({ limit: window.limit + 1, offset: window.offset, after });
    const rows = items.slice(0, perPage);
    const last = rows.at(-1);
    const nextCursor = items.length > perPage && last !== undefined ? encodeCursor([last.id], binding) : null;
    return reply(rows.map(presentTenant), { pagination: paginationOf({ page, perPage, total, nextCursor }) });
  }

  @Handle(getTenant)
  async get(@Input() input: InputOf<typeof getTenant>) {
    const tenant = settled(await this.tenants.get(callerOf(input), input.params.id));
    return reply(presentTenant(tenant), { etag: etagOf(tenant.version) });
  }

  @Handle(createTenant)
  async create(@Input() { body, principal, request }: InputOf<typeof createTenant>) {
    const tenant = settled(await this.tenants.create(actorOf(principal), body, { ip: request.ip, request_id: request.id }));
    return reply(presentTenant(tenant), { status: 201, etag: etagOf(tenant.version), location: `/api/v1/tenants/${tenant.id}` });
  }

  @Handle(patchTenant)
  async patch(@Input() input: InputOf<typeof patchTenant>) {
    const tenant = settled(await this.tenants.change(callerOf(input), input.params.id, defined(input.body), input.ifMatch));
    return reply(presentTenant(tenant), { etag: etagOf(tenant.version) });
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what was left out. */
function defined<T extends object>(input: T): Defined<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Defined<T>;
}
