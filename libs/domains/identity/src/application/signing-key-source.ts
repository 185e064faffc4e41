import type { KeySource } from '@autobroker/platform/auth';
import { SigningKeys, type PublicJwk } from '@autobroker/platform/signing';
import { Injectable } from '@nestjs/common';

/** The port of platform/auth: where identity is hosted, keys are not asked for over HTTP. */
@Injectable()
export class SigningKeySource implements KeySource {
  constructor(private readonly signing: SigningKeys) {}

  keys(): Promise<{ [K in keyof PublicJwk]: PublicJwk[K] }[]> {
    return this.signing.keys();
  }
}
