import type { Provider } from '@nestjs/common';
import {
  ApiKeyStore, AuditLog, Consents, Invitations, LoginWaits, OAuthClients, OidcGateway, OidcProviders, OneTimeTokens, PasswordHasher, PrivacyExports, Sessions, Tenants, TotpCodes, Users,
} from '../application/ports';
import { Argon2Passwords } from './argon2-passwords';
import { OpenidGateway } from './openid-gateway';
import { OtpauthCodes } from './otpauth-codes';
import { PgApiKeys } from './repositories/pg-api-keys';
import { PgAuditLog } from './repositories/pg-audit-log';
import { PgInvitations } from './repositories/pg-invitations';
import { PgOAuthClients } from './repositories/pg-oauth-clients';
import { PgOidcProviders } from './repositories/pg-oidc-providers';
import { PgConsents, PgPrivacyExports } from './repositories/pg-privacy';
import { PgSessions } from './repositories/pg-sessions';
import { PgOneTimeTokens, PgLoginWaits } from './repositories/pg-sign-in';
import { PgTenants } from './repositories/pg-tenants';
import { PgUsers } from './repositories/pg-users';

/** Who stands behind each port. */
export const adapters: Provider[] = [
  { provide: Users, useClass: PgUsers },
  { provide: Tenants, useClass: PgTenants },
  { provide: Sessions, useClass: PgSessions },
  { provide: OneTimeTokens, useClass: PgOneTimeTokens },
  { provide: LoginWaits, useClass: PgLoginWaits },
  { provide: ApiKeyStore, useClass: PgApiKeys },
  { provide: OAuthClients, useClass: PgOAuthClients },
  { provide: Invitations, useClass: PgInvitations },
  { provide: OidcProviders, useClass: PgOidcProviders },
  { provide: Consents, useClass: PgConsents },
  { provide: PrivacyExports, useClass: PgPrivacyExports },
  { provide: AuditLog, useClass: PgAuditLog },
  { provide: PasswordHasher, useClass: Argon2Passwords },
  { provide: TotpCodes, useClass: OtpauthCodes },
  { provide: OidcGateway, useClass: OpenidGateway },
];
