import { anonymousPermissions, type Permission } from '@autobroker/contracts';
import { base } from './platform';

/** What the suite reads of an operation of the served document. */
export interface Operation {
  readonly operationId?: string;
  readonly 'x-permission'?: Permission;
  readonly security: readonly Record<string, unknown>[];
  readonly parameters?: readonly { name?: string; in?: string; $ref?: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema?: unknown }>> };
  readonly responses: Readonly<Record<string, { 'x-problem-codes'?: readonly string[] }>>;
}

export interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every operation of the OpenAPI document that the platform serves of itself. */
export const endpoints = async (): Promise<Endpoint[]> => {
  const document = (await (await fetch(`${base}/api/v1/openapi.json`)).json()) as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method: method.toUpperCase(), operation }];
    }),
  );
};

/** What the document asks of a caller: nothing at all, to be signed in, or one permission. */
export type Demand = { kind: 'nothing' } | { kind: 'login' } | { kind: 'permission'; permission: Permission };

export const demandOf = ({ operation }: Endpoint): Demand => {
  const permission = operation['x-permission'];
  if (permission !== undefined) return { kind: 'permission', permission };
  return operation.security.some((way) => Object.keys(way).length === 0) ? { kind: 'nothing' } : { kind: 'login' };
};

/** Whether somebody who is not signed in gets past the door. */
export const openToAll = (demand: Demand): boolean =>
  demand.kind === 'nothing' || (demand.kind === 'permission' && anonymousPermissions.includes(demand.permission));
