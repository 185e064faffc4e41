import type { EntityClass } from '@autobroker/platform/database';
import { AuditEntryEntity } from './audit-entry.entity';
import { InvitationEntity } from './invitation.entity';
import { ExternalIdentityEntity, OidcFlowEntity, OidcProviderEntity } from './oidc.entity';
import { ApiKeyEntity, ClientTokenEntity, OAuthClientEntity } from './partner.entity';
import { ConsentDocumentEntity, ConsentLogEntity, PrivacyExportEntity } from './privacy.entity';
import { LoginWaitEntity, OneTimeTokenEntity, RecoveryCodeEntity, RefreshTokenEntity, SessionEntity } from './sign-in.entity';
import { SigningKeyEntity } from './signing-key.entity';
import { TenantEntity, TenantHostEntity } from './tenant.entity';
import { UserEntity } from './user.entity';

export const identityEntities: EntityClass[] = [
  TenantEntity,
  TenantHostEntity,
  UserEntity,
  SessionEntity,
  RefreshTokenEntity,
  OneTimeTokenEntity,
  RecoveryCodeEntity,
  LoginWaitEntity,
  SigningKeyEntity,
  ApiKeyEntity,
  OAuthClientEntity,
  ClientTokenEntity,
  InvitationEntity,
  OidcProviderEntity,
  OidcFlowEntity,
  ExternalIdentityEntity,
  ConsentDocumentEntity,
  ConsentLogEntity,
  PrivacyExportEntity,
  AuditEntryEntity,
];
