import { hash as argonHash, verify as argonVerify } from '@node-rs/argon2';
import { verify as bcryptVerify } from '@node-rs/bcrypt';
import { Injectable } from '@nestjs/common';
import { PasswordHasher, type PasswordCheck } from '../application/ports';

/** OWASP's first recommendation for argon2id: 19 MiB, two passes. argon2id is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
const current = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;
/** What bcrypt reads; longer passwords were cut there when they were hashed. */
const bcryptShape = /^\$2[abxy]\$\d{2}\$/;

/** argon2id for everything new; bcrypt hashes of an import are accepted until their owner signs in once. */
@Injectable()
export class Argon2Passwords extends PasswordHasher {
  private decoy: Promise<string> | null = null;

  hash(password: string): Promise<string> {
    return argonHash(password, cost);
  }

  async check(hash: string | null, password: string): Promise<PasswordCheck> {
    if (hash === null) {
      // The same work as for an account, or the time would tell that there is none.
      this.decoy ??= this.hash('nobody has this password');
      await argonVerify(await this.decoy, password);
      return { matches: false, outdated: false };
    }
    const bcrypt = bcryptShape.test(hash);
    const matches = bcrypt ? await bcryptVerify(password, hash) : await argonVerify(hash, password);
    return { matches, outdated: bcrypt || !hash.startsWith(current) };
  }
}
