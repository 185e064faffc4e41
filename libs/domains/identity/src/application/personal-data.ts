import type { Database, PersonVault, Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { normaliseEmail } from '../domain/email';
import type { UserRecord } from './ports';

export interface PersonView {
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly telegramUsername: string | null;
}

/** Injection token of this service's vault. */
export const VAULT: symbol = Symbol.for('identity:vault');

/** What names a person goes in and out of the database here, under that person's own key. */
@Injectable()
export class PersonalData {
  constructor(@Inject(VAULT) private readonly vault: PersonVault) {}

  seal(in_: Tx | Database, personId: string, text: string, purpose: string): Promise<string> {
    return this.vault.encrypt(in_, personId, text, purpose);
  }

  async sealOptional(in_: Tx | Database, personId: string, text: string | null, purpose: string): Promise<string | null> {
    return text === null ? null : this.seal(in_, personId, text, purpose);
  }

  /** Inside a transaction, pass it: a second connection while one is held can starve the pool. */
  open(personId: string, sealed: string | null, on?: Tx): Promise<string | null> {
    return sealed === null ? Promise.resolve(null) : this.vault.decrypt(personId, sealed, on === undefined ? {} : { on });
  }

  emailIndex(email: string): string {
    return this.vault.blindIndex('email', normaliseEmail(email));
  }

  /** Any other thing that is compared but never read again. */
  index(purpose: string, text: string): string {
    return this.vault.blindIndex(purpose, text);
  }

  async view(user: UserRecord): Promise<PersonView> {
    const [email, name, phone, telegramUsername] = await Promise.all([
      this.open(user.id, user.emailEncrypted),
      this.open(user.id, user.nameEncrypted),
      this.open(user.id, user.phoneEncrypted),
      this.open(user.id, user.telegramUsernameEncrypted),
    ]);
    return { email, name, phone, telegramUsername };
  }

  /** Forgets the key in this process, when another one has destroyed it. */
  forget(personId: string): void {
    this.vault.forget(personId);
  }

  /** After this nobody reads anything of this person again, in no backup either. */
  destroy(tx: Tx, personId: string): Promise<void> {
    return this.vault.destroy(tx, personId);
  }
}
