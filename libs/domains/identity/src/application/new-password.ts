import type { Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { PersonalData } from './personal-data';
import { PasswordHasher, type UserRecord } from './ports';

/** What choosing a password needs: its hash, and what must not be in it. */
@Injectable()
export class NewPassword {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly personal: PersonalData,
  ) {}

  hash(password: string): Promise<string> {
    return this.hasher.hash(password);
  }

  async about(user: UserRecord, tx?: Tx): Promise<{ email: string | null; name: string | null }> {
    return {
      email: await this.personal.open(user.id, user.emailEncrypted, tx),
      name: await this.personal.open(user.id, user.nameEncrypted, tx),
    };
  }
}
