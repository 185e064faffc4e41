import { TenantScope } from '../tenant-scope';
import type { Database, Tx } from '..';
import type { ThingRepository } from './sample';

/** Never runs: that it compiles is the proof. Each line that must not compile says so, and fails the type check if it does. */
export function withoutScope(things: ThingRepository, db: Database, tx: Tx, scope: TenantScope): void {
  void things.findById(scope, db, 'id');
  // @ts-expect-error -- a scope comes first
  void things.findById(db, 'id');
  // @ts-expect-error -- a tenant's id is no scope
  void things.find('tenant', db, {});
  // @ts-expect-error -- nor is an object that looks like one
  void things.find({ tenantId: 'tenant', reason: undefined }, db, {});
  // @ts-expect-error -- the tenant is not the caller's to filter
  void things.find(scope, db, { tenantId: 'another' });
  // @ts-expect-error -- nor to change
  void things.update(scope, tx, 'id', 1, { tenantId: 'another' });
  // @ts-expect-error -- writing needs a transaction
  void things.remove(scope, db, 'id');
  // @ts-expect-error -- scopes are made from principals, or for the system with a reason
  void new TenantScope('tenant', undefined);
}

it('is checked by the compiler (npm run typecheck)', () => {
  expect(withoutScope).toHaveLength(4);
});
