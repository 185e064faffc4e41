import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { TotpCodes, type TotpEnrolment } from '../application/ports';
import { stepAt, totpPeriodSeconds, totpWindow } from '../domain/totp';

/** RFC 6238 with what every authenticator app knows: SHA-1, six digits, thirty seconds. */
@Injectable()
export class OtpauthCodes extends TotpCodes {
  enrol(issuer: string, account: string): TotpEnrolment {
    const secret = new Secret({ size: 20 });
    const totp = new TOTP({ issuer, label: account, secret, algorithm: 'SHA1', digits: 6, period: totpPeriodSeconds });
    return { secret: secret.base32, url: totp.toString() };
  }

  matchedStep(secret: string, code: string, now: Date): number | null {
    if (!/^\d{6}$/.test(code)) return null;
    const totp = new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: totpPeriodSeconds });
    const delta = totp.validate({ token: code, timestamp: now.getTime(), window: totpWindow });
    return delta === null ? null : stepAt(now) + delta;
  }
}
