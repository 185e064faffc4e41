import type { Tx } from '@autobroker/platform/database';
import { defineJob, Jobs } from '@autobroker/platform/jobs';
import { logger } from '@autobroker/platform/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PersonalData } from './personal-data';

const log = logger('identity.mail');

export const mailKinds = [
  'verify_email',
  'already_registered',
  'reset_password',
  'password_changed',
  'change_email',
  'email_changed',
  'invitation',
  'mfa_enabled',
  'mfa_disabled',
  'export_ready',
] as const;
export type MailKind = (typeof mailKinds)[number];

/** Address and token travel encrypted: a queue is a table too, and backups are made of it. */
export const sendIdentityMail = defineJob({
  name: 'send-mail',
  queue: 'identity.default',
  data: z.strictObject({
    kind: z.enum(mailKinds),
    person_id: z.uuid(),
    to_encrypted: z.string(),
    token_encrypted: z.string().nullable(),
    locale: z.string(),
    tenant_id: z.uuid().nullable(),
  }),
});

@Injectable()
export class IdentityMail {
  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    private readonly personal: PersonalData,
  ) {}

  /** Leaves when the transaction commits; a mail that gets lost with the process can be asked for again. */
  async send(
    tx: Tx,
    mail: {
      kind: MailKind;
      personId: string;
      toEncrypted: string;
      locale: string;
      tenantId: string | null;
      token?: string;
    },
  ): Promise<void> {
    const token_encrypted = mail.token === undefined ? null : await this.personal.seal(tx, mail.personId, mail.token, 'mail-token');
    const data = {
      kind: mail.kind,
      person_id: mail.personId,
      to_encrypted: mail.toEncrypted,
      token_encrypted,
      locale: mail.locale,
      tenant_id: mail.tenantId,
    };
    tx.afterCommit(() => void this.enqueue(data));
  }

  private async enqueue(data: z.input<(typeof sendIdentityMail)['data']>): Promise<void> {
    try {
      await this.jobs.enqueueEventually(sendIdentityMail, data);
    } catch (error) {
      log.error({ err: error, kind: data.kind }, 'a mail could not be queued');
    }
  }
}
