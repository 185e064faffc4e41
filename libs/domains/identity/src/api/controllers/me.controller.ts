import { authenticated, can } from '@autobroker/platform/auth';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { defineRoute, etagOf, Handle, Input, noContent, ProblemError, reply, type InputOf } from '@autobroker/platform/http';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { ErasePerson } from '../../application/erase-person';
import { PersonalData } from '../../application/personal-data';
import { Users, type PrivacyExportRecord, type UserRecord } from '../../application/ports';
import { RequestExport } from '../../application/request-export';
import { UpdateProfile } from '../../application/update-profile';
import { confirmBody } from '../schemas/auth';
import { idParams, idSchema, timestampSchema } from '../schemas/common';
import { meSchema, patchMeBody, presentMe } from '../schemas/people';
import { callerOf, iso, isoOrNull, settled, unstored } from '../support';

const tag = 'me';
const exportSchema = z
  .strictObject({
    id: idSchema,
    status: z.enum(['queued', 'ready', 'failed', 'expired']),
    size_bytes: z.int().nullable(),
    requested_at: timestampSchema,
    completed_at: timestampSchema.nullable(),
    expires_at: timestampSchema.nullable(),
    download_url: z.string().nullable().meta({ description: 'Good for five minutes; ask again for another' }),
  })
  .meta({ id: 'PrivacyExport' });

export const getMe = defineRoute({
  tag, method: 'GET', path: '/me', summary: 'Who you are and what you may do', access: can('me.read'), response: { status: 200, data: meSchema }, errors: ['not_found'],
});
export const patchMe = defineRoute({
  tag, method: 'PATCH', path: '/me', summary: 'Change your name, phone, language or preferences', description: 'Preferences are merged; null removes nothing but sets null.',
  access: can('me.write'), body: patchMeBody, response: { status: 200, data: meSchema }, errors: ['not_found'],
});
export const requestExport = defineRoute({
  tag, method: 'POST', path: '/me/exports', summary: 'Ask for a file of everything held about you', access: authenticated(),
  response: { status: 202, data: exportSchema },
});
export const listExports = defineRoute({
  tag, method: 'GET', path: '/me/exports', summary: 'Your data exports', access: can('me.read'), response: { status: 200, data: z.array(exportSchema) },
});
export const getExport = defineRoute({
  tag, method: 'GET', path: '/me/exports/:id', summary: 'A data export and where to download it', access: can('me.read'),
  params: idParams, response: { status: 200, data: exportSchema }, errors: ['not_found'],
});
export const eraseMe = defineRoute({
  tag, method: 'POST', path: '/me/erasure', summary: 'Erase your account, at once and for good', access: authenticated(), rateLimit: 'auth', idempotency: 'exempt',
  body: confirmBody.extend({ confirm: z.literal('erase') }), response: { status: 204 },
  errors: ['invalid_credentials', 'account_locked', 'recent_login_required', 'legal_hold', 'last_admin'],
});

@Controller()
export class MeController {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly personal: PersonalData,
    private readonly profile: UpdateProfile,
    private readonly exports: RequestExport,
    private readonly erasure: ErasePerson,
  ) {}

  @Handle(getMe)
  async get(@Input() { principal }: InputOf<typeof getMe>) {
    const user = principal.id === null ? null : await this.users.byId(this.db, principal.id);
    // An OAuth2 client is nobody: it has permissions, but no account.
    if (user === null || user.status === 'erased') throw new ProblemError('not_found');
    return this.answer(user);
  }

  @Handle(patchMe)
  async patch(@Input() input: InputOf<typeof patchMe>) {
    return this.answer(settled(await this.profile.execute(callerOf(input), input.body, input.ifMatch)));
  }

  @Handle(requestExport)
  async request(@Input() input: InputOf<typeof requestExport>) {
    const record = settled(await this.exports.execute(callerOf(input)));
    return reply(presentExport(record, null), { status: 202, location: `/api/v1/me/exports/${record.id}` });
  }

  @Handle(listExports)
  async list(@Input() input: InputOf<typeof listExports>) {
    return (await this.exports.list(callerOf(input))).map((record) => presentExport(record, null));
  }

  @Handle(getExport)
  async getExport(@Input() input: InputOf<typeof getExport>) {
    const { record, downloadUrl } = settled(await this.exports.get(callerOf(input), input.params.id));
    return reply(presentExport(record, downloadUrl), { headers: unstored });
  }

  @Handle(eraseMe)
  async erase(@Input() input: InputOf<typeof eraseMe>) {
    settled(await this.erasure.oneself(callerOf(input), input.body.password));
    return noContent();
  }

  private async answer(user: UserRecord) {
    return reply(presentMe(user, await this.personal.view(user)), { etag: etagOf(user.version), headers: { 'cache-control': 'private, no-cache' } });
  }
}

const presentExport = (record: PrivacyExportRecord, downloadUrl: string | null): z.input<typeof exportSchema> => ({
  id: record.id,
  status: record.status,
  size_bytes: record.sizeBytes,
  requested_at: iso(record.requestedAt),
  completed_at: isoOrNull(record.completedAt),
  expires_at: isoOrNull(record.expiresAt),
  download_url: downloadUrl,
});
