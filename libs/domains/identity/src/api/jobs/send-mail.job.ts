import { JobHandler, type JobContext, type JobData } from '@autobroker/platform/jobs';
import { mailer, MailRefusedError, type Mailer } from '@autobroker/platform/mail';
import { logger } from '@autobroker/platform/telemetry';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { identityConfig, type IdentityConfig } from '../../application/config';
import { sendIdentityMail } from '../../application/identity-mail';
import { PersonalData } from '../../application/personal-data';
import { Tenants } from '../../application/ports';
import { composeMail } from '../mail/compose';

const log = logger('identity.mail');

/** Opens address and token at the last moment. Somebody who was erased meanwhile gets nothing. */
@Injectable()
@JobHandler(sendIdentityMail)
export class SendIdentityMail {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    @Inject(mailer) private readonly mail: Mailer,
    @Inject(identityConfig.token) private readonly config: IdentityConfig,
    private readonly personal: PersonalData,
    private readonly tenants: Tenants,
  ) {}

  async run(data: JobData<typeof sendIdentityMail>, context: JobContext): Promise<void> {
    const to = await this.personal.open(data.person_id, data.to_encrypted);
    if (to === null) return;
    const token = await this.personal.open(data.person_id, data.token_encrypted);
    const tenant = data.tenant_id === null ? null : await this.tenants.byId(this.db, data.tenant_id);
    const message = composeMail(data.kind, data.locale, {
      broker: tenant?.branding.display_name ?? tenant?.name ?? 'Autobroker',
      portalUrl: this.config.portalUrl,
      token,
    });
    try {
      await this.mail.send({ to, ...message, id: context.jobId });
    } catch (error) {
      if (!(error instanceof MailRefusedError)) throw error;
      log.warn({ err: error, kind: data.kind, person_id: data.person_id }, 'a mail was refused and is not tried again');
    }
  }
}
