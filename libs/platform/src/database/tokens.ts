const tokens = new Map<string, symbol>();

/** Injection token of a service's `Database`: `@Inject(databaseOf('vehicle')) db: Database`. */
export function databaseOf(service: string): symbol {
  let token = tokens.get(service);
  if (token === undefined) {
    token = Symbol.for(`database:${service}`);
    tokens.set(service, token);
  }
  return token;
}

/** Injection token of the process's `DatabaseHost`. */
export const databaseHost: symbol = Symbol.for('database:host');
