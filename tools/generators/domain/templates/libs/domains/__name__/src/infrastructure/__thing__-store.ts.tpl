import { Injectable } from '@nestjs/common';
import { TenantRepository, type ManagerSource, type TenantScope, type Tx } from '@autobroker/platform/database';
import { {{Thing}}Store } from '../application/ports';
import type { {{Thing}} } from '../domain/{{thing}}';
import { {{Thing}}Entity } from './entities/{{thing}}.entity';

class {{Thing}}Rows extends TenantRepository<{{Thing}}Entity> {
  constructor() {
    super({{Thing}}Entity);
  }
}

@Injectable()
export class Sql{{Thing}}Store extends {{Thing}}Store {
  private readonly rows = new {{Thing}}Rows();

  override insert(scope: TenantScope, tx: Tx, {{thingCamel}}: {{Thing}}): Promise<void> {
    return this.rows.insert(scope, tx, {{thingCamel}});
  }

  override byId(scope: TenantScope, on: ManagerSource, id: string): Promise<{{Thing}} | null> {
    return this.rows.findById(scope, on, id);
  }
}
