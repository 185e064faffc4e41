import { Inject, Injectable } from '@nestjs/common';
import { {{thingCamel}}Opened } from '@autobroker/contracts';
import { uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { databaseOf, scopeOf, type AuditEntry, type Database } from '@autobroker/platform/database';
import { open{{Thing}}, type {{Thing}} } from '../domain/{{thing}}';
import { {{Thing}}Store } from './ports';

/** On whose behalf, and from where: for the audit log. */
export interface Requester extends Pick<AuditEntry, 'actor' | 'from'> {
  readonly tenantId: string;
}

@Injectable()
export class Open{{Thing}} {
  constructor(
    @Inject(databaseOf('{{schema}}')) private readonly db: Database,
    private readonly store: {{Thing}}Store,
  ) {}

  async run(input: { readonly title: string }, by: Requester): Promise<Result<{{Thing}}, Refusal<'validation_failed'>>> {
    const now = this.db.clock.now();
    const opened = open{{Thing}}({ id: uuidv7(now), tenantId: by.tenantId, title: input.title, at: now });
    if (!opened.ok) return opened;
    const {{thingCamel}} = opened.value;
    await this.db.transaction(async (tx) => {
      await this.store.insert(scopeOf(by), tx, {{thingCamel}});
      await tx.audit({
        actor: by.actor,
        ...(by.from === undefined ? {} : { from: by.from }),
        action: '{{thingSnake}}.opened',
        object: { type: '{{thingSnake}}', id: {{thingCamel}}.id },
        tenantId: by.tenantId,
        after: { title: {{thingCamel}}.title },
      });
      await tx.publish({{thingCamel}}Opened, {
        key: {{thingCamel}}.id,
        tenantId: by.tenantId,
        data: { {{thingSnake}}_id: {{thingCamel}}.id, version: {{thingCamel}}.version },
      });
    });
    return opened;
  }
}
