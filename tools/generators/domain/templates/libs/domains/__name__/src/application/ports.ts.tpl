import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import type { {{Thing}} } from '../domain/{{thing}}';

export abstract class {{Thing}}Store {
  abstract insert(scope: TenantScope, tx: Tx, {{thingCamel}}: {{Thing}}): Promise<void>;
  abstract byId(scope: TenantScope, on: ManagerSource, id: string): Promise<{{Thing}} | null>;
}
