import { Injectable } from '@nestjs/common';
import { RequestPasswordReset } from './request-password-reset';
import { ResendVerification } from './resend-verification';

/** What anybody may ask for by naming an address, and is answered by mail alone. */
@Injectable()
export class MailedRequests {
  constructor(
    readonly reset: RequestPasswordReset,
    readonly resend: ResendVerification,
  ) {}
}
