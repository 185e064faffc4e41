import type { Permission } from '@autobroker/contracts';

/** What a route asks of its caller. There is no default: a route without one stops the boot. */
export type Access =
  | {
      readonly kind: 'public';
      /** The route reads its own kind of credential (an OAuth2 client's, in Basic): ours are not looked for. */
      readonly ownCredentials?: boolean;
      /** As of a permission: for what tells of money and is believed by its signature alone. */
      readonly auditRefusals?: boolean;
    }
  | { readonly kind: 'authenticated'; readonly recentLoginS?: number }
  | {
      readonly kind: 'permission';
      readonly permission: Permission;
      /** Refusals of this route are worth an audit row (money, orders), whatever it is that is refused. */
      readonly auditRefusals?: boolean;
      readonly recentLoginS?: number;
    };

export interface AccessOptions {
  readonly auditRefusals?: boolean;
  /** Asks that the caller has signed in at most this many seconds ago, for steps that a stolen token must not reach. */
  readonly recentLoginS?: number;
}

/** Callers that hold the permission. */
export const can = (permission: Permission, options: AccessOptions = {}): Access => ({
  kind: 'permission',
  permission,
  ...options,
});

/** Anybody who has signed in; ownership decides the rest. */
export const authenticated = (options: Omit<AccessOptions, 'auditRefusals'> = {}): Access => ({
  kind: 'authenticated',
  ...options,
});

/** Everybody. A credential is still read when there is one, and a bad one still refused. */
export const publicRoute = (options: Omit<AccessOptions, 'recentLoginS'> & { readonly ownCredentials?: boolean } = {}): Access => ({ kind: 'public', ...options });

export const keepsRefusals = (access: Access): boolean => access.kind !== 'authenticated' && access.auditRefusals === true;

export interface DeclaredRoute {
  readonly method: string;
  readonly path: string;
  readonly access?: Access | undefined;
}

/** Deny by default, at the earliest moment: an app with a route that forgot to say who may use it does not start. */
export function assertEveryRouteDeclared(routes: Iterable<DeclaredRoute>): void {
  const undeclared = [...routes].filter((route) => route.access === undefined);
  if (undeclared.length === 0) return;
  const list = undeclared.map((route) => `${route.method.toUpperCase()} ${route.path}`).join(', ');
  throw new Error(`these routes do not declare who may use them (access: can(…), authenticated() or publicRoute()): ${list}`);
}
