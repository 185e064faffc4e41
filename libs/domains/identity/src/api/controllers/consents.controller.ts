import { uuidv7 } from '@autobroker/kernel';
import { authenticated, can, isOperator, publicRoute } from '@autobroker/platform/auth';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { defineRoute, Handle, Input, noContent, reply, type InputOf } from '@autobroker/platform/http';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { Consents, type ConsentDocumentRecord } from '../../application/ports';
import { PublishConsentDocument } from '../../application/publish-consent-document';
import { RecordConsent } from '../../application/record-consent';
import { currentConsents } from '../../domain/consent';
import { consentChoiceSchema } from '../schemas/auth';
import { idSchema, nameSchema, timestampSchema } from '../schemas/common';
import { callerOf, iso, settled } from '../support';

const tag = 'consents';
const documentSchema = z
  .strictObject({ id: idSchema, kind: z.string(), version: z.string(), title: z.string(), url: z.string(), required: z.boolean(), published_at: timestampSchema })
  .meta({ id: 'ConsentDocument' });
const consentSchema = z.strictObject({ kind: z.string(), version: z.string(), granted: z.boolean(), at: timestampSchema }).meta({ id: 'Consent' });

export const listDocuments = defineRoute({
  tag, method: 'GET', path: '/consent-documents', summary: 'Documents in force: the newest version of each kind', access: publicRoute(),
  response: { status: 200, data: z.array(documentSchema) },
});
export const publishDocument = defineRoute({
  tag, method: 'POST', path: '/consent-documents', summary: 'Publish a version of a document', description: 'For the tenant; an operator publishes for the installation.',
  access: can('user.write'),
  body: z.strictObject({
    kind: z.string().regex(/^[a-z][a-z0-9_]{1,40}$/), version: z.string().min(1).max(60), title: nameSchema,
    url: z.url({ protocol: /^https?$/ }).max(500), required: z.boolean(),
  }),
  response: { status: 201, data: documentSchema }, errors: ['already_exists'],
});
export const myConsents = defineRoute({
  tag, method: 'GET', path: '/me/consents', summary: 'What you have agreed to, and the whole log', access: can('me.read'),
  response: { status: 200, data: z.strictObject({ current: z.array(consentSchema), log: z.array(consentSchema) }) },
});
export const setConsent = defineRoute({
  tag, method: 'POST', path: '/me/consents', summary: 'Grant or withdraw consent', access: authenticated(), body: consentChoiceSchema,
  response: { status: 204 }, errors: ['not_found', 'conflict'],
});

@Controller()
export class ConsentsController {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly consents: Consents,
    private readonly publication: PublishConsentDocument,
    private readonly recording: RecordConsent,
  ) {}

  @Handle(listDocuments)
  async documents(@Input() { tenantId }: InputOf<typeof listDocuments>) {
    return (await this.consents.inForce(this.db, tenantId === '' ? null : tenantId)).map(present);
  }

  @Handle(publishDocument)
  async publish(@Input() input: InputOf<typeof publishDocument>) {
    const now = this.db.clock.now();
    const tenantId = isOperator(input.principal) ? null : input.tenantId;
    const document = { id: uuidv7(now), tenantId, ...input.body, publishedAt: now };
    settled(await this.publication.execute(callerOf(input), document));
    return reply(present(document), { status: 201 });
  }

  @Handle(myConsents)
  async mine(@Input() { principal }: InputOf<typeof myConsents>) {
    const log = await this.consents.logOf(this.db, principal.id ?? '');
    const entry = (one: { kind: string; documentVersion: string; granted: boolean; at: Date }) => ({
      kind: one.kind, version: one.documentVersion, granted: one.granted, at: iso(one.at),
    });
    return { current: [...currentConsents(log).values()].map(entry), log: log.map(entry) };
  }

  @Handle(setConsent)
  async set(@Input() input: InputOf<typeof setConsent>) {
    settled(await this.recording.execute(callerOf(input), input.body));
    return noContent();
  }
}

const present = (document: ConsentDocumentRecord): z.input<typeof documentSchema> => ({
  id: document.id,
  kind: document.kind,
  version: document.version,
  title: document.title,
  url: document.url,
  required: document.required,
  published_at: iso(document.publishedAt),
});
