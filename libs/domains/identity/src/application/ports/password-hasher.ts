export interface PasswordCheck {
  readonly matches: boolean;
  /** The stored hash is of an older kind: write a new one now that the password is at hand. */
  readonly outdated: boolean;
}

export abstract class PasswordHasher {
  abstract hash(password: string): Promise<string>;
  /** Without a hash (no such account, or one without a password) it does the same work and answers no. */
  abstract check(hash: string | null, password: string): Promise<PasswordCheck>;
}
