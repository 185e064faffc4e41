import { can } from '@autobroker/platform/auth';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { decodeIdCursor, defineRoute, encodeCursor, etagOf, Handle, Input, noContent, pageQuery, pageWindow, paginationOf, ProblemError, reply, type InputOf } from '@autobroker/platform/http';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { AdministerUser } from '../../application/administer-user';
import { ErasePerson } from '../../application/erase-person';
import { PersonalData } from '../../application/personal-data';
import { Users, type UserRecord } from '../../application/ports';
import { scopeFor } from '../../application/scope-for';
import { SignOutPerson } from '../../application/sign-out-person';
import { emailSchema, idParams, roleSchema } from '../schemas/common';
import { patchUserBody, presentUser, userSchema } from '../schemas/people';
import { callerOf, settled } from '../support';

const tag = 'users';
export const listUsers = defineRoute({
  tag, method: 'GET', path: '/users', summary: 'People of the tenant', access: can('user.read'),
  query: z.strictObject({
    ...pageQuery.shape,
    status: z.enum(['active', 'disabled']).optional(),
    role: roleSchema.optional(),
    email: emailSchema.optional().meta({ description: 'The whole address: addresses are encrypted and can’t be searched by parts' }),
  }),
  response: { status: 200, data: z.array(userSchema), paginated: true }, errors: ['page_too_deep', 'invalid_cursor'],
});
export const getUser = defineRoute({
  tag, method: 'GET', path: '/users/:id', summary: 'One person', access: can('user.read'), params: idParams,
  response: { status: 200, data: userSchema }, errors: ['not_found'],
});
export const patchUser = defineRoute({
  tag, method: 'PATCH', path: '/users/:id', summary: 'Change roles, status or tier of a person',
  description: 'Disabling and changing roles end the person’s sessions. A tenant keeps at least one active admin.',
  access: can('user.write'), params: idParams, body: patchUserBody, response: { status: 200, data: userSchema }, errors: ['not_found', 'last_admin', 'conflict'],
});
export const signOutUser = defineRoute({
  tag, method: 'POST', path: '/users/:id/sign-out', summary: 'End every session of a person', access: can('user.write'), params: idParams,
  response: { status: 204 }, errors: ['not_found'],
});
export const eraseUser = defineRoute({
  tag, method: 'POST', path: '/users/:id/erasure', summary: 'Erase a person who asked for it', access: can('user.write'), params: idParams,
  body: z.strictObject({ confirm: z.literal('erase') }), response: { status: 204 }, errors: ['not_found', 'legal_hold', 'last_admin', 'conflict'],
});

@Controller()
export class UsersController {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly personal: PersonalData,
    private readonly administration: AdministerUser,
    private readonly erasure: ErasePerson,
    private readonly signingOut: SignOutPerson,
  ) {}

  @Handle(listUsers)
  async list(@Input() { query, principal }: InputOf<typeof listUsers>) {
    const { page, per_page: perPage, cursor, status, role, email } = query;
    const binding = ['users', principal.tenantId, status ?? null, role ?? null, email ?? null];
    const after = cursor === undefined ? undefined : decodeIdCursor(cursor, binding);
    const window = after === undefined ? pageWindow(query) : { limit: perPage, offset: 0 };
    const filter = { status, role, emailIndex: email === undefined ? undefined : this.personal.emailIndex(email) };
    const found = await this.users.list(this.db, scopeFor(principal), filter, { limit: window.limit + 1, offset: window.offset, after });
    const rows = found.items.slice(0, perPage);
    const last = rows.at(-1);
    const nextCursor = found.items.length > perPage && last !== undefined ? encodeCursor([last.id], binding) : null;
    const data = await Promise.all(rows.map(async (user) => presentUser(user, await this.personal.view(user))));
    return reply(data, { pagination: paginationOf({ page, perPage, total: found.total, nextCursor }) });
  }

  @Handle(getUser)
  async get(@Input() { params, principal }: InputOf<typeof getUser>) {
    const user = await this.users.inScope(this.db, scopeFor(principal), params.id);
    if (user === null || user.status === 'erased') throw new ProblemError('not_found');
    return this.answer(user);
  }

  @Handle(patchUser)
  async patch(@Input() input: InputOf<typeof patchUser>) {
    const { hold_reason: holdReason, ...change } = input.body;
    return this.answer(settled(await this.administration.execute(callerOf(input), input.params.id, { ...change, holdReason }, input.ifMatch)));
  }

  @Handle(signOutUser)
  async signOut(@Input() input: InputOf<typeof signOutUser>) {
    settled(await this.signingOut.execute(callerOf(input), input.params.id));
    return noContent();
  }

  @Handle(eraseUser)
  async erase(@Input() input: InputOf<typeof eraseUser>) {
    settled(await this.erasure.other(callerOf(input), input.params.id));
    return noContent();
  }

  private async answer(user: UserRecord) {
    return reply(presentUser(user, await this.personal.view(user)), { etag: etagOf(user.version) });
  }
}
