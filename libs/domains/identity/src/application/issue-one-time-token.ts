import { uuidv7 } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { tokenLifeMs, type TokenPurpose } from '../domain/one-time-token';
import { OneTimeTokens, type OneTimePayload } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret, newSecret } from './secret';

/** So many mails of one kind may be unanswered at once: nobody's mailbox is flooded through us. */
const maxOpen = 5;

@Injectable()
export class IssueOneTimeToken {
  constructor(
    private readonly tokens: OneTimeTokens,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  /** Null when too many are open already. */
  async execute(tx: Tx, userId: string, purpose: TokenPurpose, payload: OneTimePayload = {}): Promise<string | null> {
    const now = this.time.now();
    if (purpose !== 'mfa_login' && (await this.tokens.countOpen(tx, userId, purpose, now)) >= maxOpen) return null;
    const token = newSecret();
    await this.tokens.insert(tx, {
      id: uuidv7(now),
      userId,
      purpose,
      tokenHash: hashSecret(token),
      payload,
      attempts: 0,
      createdAt: now,
      expiresAt: new Date(now.getTime() + tokenLifeMs[purpose]),
      usedAt: null,
    });
    return token;
  }
}
