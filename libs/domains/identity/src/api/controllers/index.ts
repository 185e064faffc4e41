import type { Type } from '@nestjs/common';
import { ApiKeysController } from './api-keys.controller';
import { AuditLogController } from './audit-log.controller';
import { ConsentsController } from './consents.controller';
import { CredentialsController } from './credentials.controller';
import { InvitationsController } from './invitations.controller';
import { KeysController } from './keys.controller';
import { MeController } from './me.controller';
import { OAuthClientsController } from './oauth-clients.controller';
import { OAuthController } from './oauth.controller';
import { OidcController } from './oidc.controller';
import { ReferenceController } from './reference.controller';
import { RegistrationController } from './registration.controller';
import { RevocationsController } from './revocations.controller';
import { SignInController } from './sign-in.controller';
import { TenantsController } from './tenants.controller';
import { UsersController } from './users.controller';

export const identityControllers: Type[] = [
  ApiKeysController,
  AuditLogController,
  ConsentsController,
  CredentialsController,
  InvitationsController,
  KeysController,
  MeController,
  OAuthClientsController,
  OAuthController,
  OidcController,
  ReferenceController,
  RegistrationController,
  RevocationsController,
  SignInController,
  TenantsController,
  UsersController,
];
