import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { databaseOf, scopeOf, type Database } from '@autobroker/platform/database';
import type { {{Thing}} } from '../domain/{{thing}}';
import { {{Thing}}Store } from './ports';

@Injectable()
export class Read{{Thing}} {
  constructor(
    @Inject(databaseOf('{{schema}}')) private readonly db: Database,
    private readonly store: {{Thing}}Store,
  ) {}

  /** Another tenant's does not exist for the one who asks. */
  async run(id: string, tenantId: string): Promise<Result<{{Thing}}, Refusal<'not_found'>>> {
    const found = await this.store.byId(scopeOf({ tenantId }), this.db, id);
    return found === null ? refuse('not_found', 'There is no such {{words}}') : ok(found);
  }
}
