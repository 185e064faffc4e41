/** Stands where a union is exhausted: the compiler refuses a new member, and a value from outside that slips through is thrown. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}

/** Says what must be true at this point; throws when it is not. */
export function assert(condition: unknown, message: string): asserts condition {
  if (condition !== true) throw new Error(message);
}
