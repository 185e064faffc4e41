import { signingKeyRotated, userErased } from '@autobroker/contracts';
import { Broadcast, type EnvelopeOf } from '@autobroker/platform/messaging';
import { SigningKeys } from '@autobroker/platform/signing';
import { Injectable } from '@nestjs/common';
import { PersonalData } from '../../application/personal-data';

const heard = [userErased, signingKeyRotated] as const;

/** What this process remembers and must not, once another one has changed it. */
@Injectable()
@Broadcast(heard)
export class ForgetKeys {
  constructor(
    private readonly personal: PersonalData,
    private readonly signing: SigningKeys,
  ) {}

  handle(event: EnvelopeOf<(typeof heard)[number]>): void {
    if (event.type === signingKeyRotated.type) return this.signing.forget();
    const { user_id: userId } = userErased.data.parse(event.data);
    this.personal.forget(userId);
  }

  onGap(): void {
    this.signing.forget();
  }
}
