import type { Type } from '@nestjs/common';
import { AcceptInvitation } from './accept-invitation';
import { AccountWriter } from './account-writer';
import { AdministerUser } from './administer-user';
import { BeginExternalLogin } from './begin-external-login';
import { BuildExport } from './build-export';
import { ChangeEmail } from './change-email';
import { ChangePassword } from './change-password';
import { ClientCredentials } from './client-credentials';
import { ConfirmPerson } from './confirm-person';
import { EmailChangeNotices, EmailChanges } from './email-changes';
import { ErasePerson } from './erase-person';
import { ErasureSteps, PersonExportFiles } from './erasure-steps';
import { ExternalAccounts } from './external-accounts';
import { FinishExternalLogin } from './finish-external-login';
import { IdentityMail } from './identity-mail';
import { Introspect, IntrospectionSettings } from './introspect';
import { IssueOneTimeToken } from './issue-one-time-token';
import { ListSessions } from './list-sessions';
import { LoginGuard } from './login-guard';
import { LoginMfa } from './login-mfa';
import { Login } from './login';
import { Logout } from './logout';
import { MailedRequests } from './mailed-requests';
import { MailedTokens } from './mailed-tokens';
import { ManageApiKeys } from './manage-api-keys';
import { ManageInvitations } from './manage-invitations';
import { ManageMfa } from './manage-mfa';
import { ManageOAuthClients } from './manage-oauth-clients';
import { ManageOidcProviders } from './manage-oidc-providers';
import { ManageTenants } from './manage-tenants';
import { MfaStore } from './mfa-store';
import { NewPassword } from './new-password';
import { OidcConversation } from './oidc-conversation';
import { PersonFile } from './person-file';
import { PersonalData } from './personal-data';
import { PublishConsentDocument } from './publish-consent-document';
import { ExternalLeftovers, PurgeExpired } from './purge-expired';
import { ReadAuditLog } from './read-audit-log';
import { RecordConsent } from './record-consent';
import { RefreshSession } from './refresh-session';
import { RefusedLogins } from './refused-logins';
import { RegisterUser, RegistrationDesk } from './register-user';
import { RequestExport } from './request-export';
import { RequestPasswordReset } from './request-password-reset';
import { ResendVerification } from './resend-verification';
import { ResetPassword } from './reset-password';
import { RevokeApiKeys } from './revoke-api-keys';
import { RevokedLately } from './revoked-lately';
import { SecondFactor } from './second-factor';
import { FoundInstallation } from './found-installation';
import { DemoPeople, SeedDemo } from './seed-demo';
import { SessionEnder } from './session-ender';
import { SessionStarter } from './session-starter';
import { SignOutPerson } from './sign-out-person';
import { TenantLookups } from './tenant-lookup';
import { TokenIssuer } from './token-issuer';
import { UpdateProfile } from './update-profile';
import { UserFinder } from './user-finder';
import { VerifyApiKey } from './verify-api-key';
import { VerifyEmail } from './verify-email';

/** Everything that the module provides of this folder. */
export const useCases: Type[] = [
  AcceptInvitation,
  AccountWriter,
  AdministerUser,
  BeginExternalLogin,
  BuildExport,
  ChangeEmail,
  ChangePassword,
  ClientCredentials,
  ConfirmPerson,
  EmailChangeNotices,
  EmailChanges,
  ErasePerson,
  PersonExportFiles,
  ErasureSteps,
  ExternalAccounts,
  FinishExternalLogin,
  IdentityMail,
  IntrospectionSettings,
  Introspect,
  IssueOneTimeToken,
  ListSessions,
  LoginGuard,
  LoginMfa,
  Login,
  Logout,
  MailedRequests,
  MailedTokens,
  ManageApiKeys,
  ManageInvitations,
  ManageMfa,
  ManageOAuthClients,
  ManageOidcProviders,
  ManageTenants,
  MfaStore,
  NewPassword,
  OidcConversation,
  PersonFile,
  PersonalData,
  PublishConsentDocument,
  ExternalLeftovers,
  PurgeExpired,
  ReadAuditLog,
  RecordConsent,
  RefreshSession,
  RefusedLogins,
  RegistrationDesk,
  RegisterUser,
  RequestExport,
  RequestPasswordReset,
  ResendVerification,
  ResetPassword,
  RevokeApiKeys,
  RevokedLately,
  SecondFactor,
  FoundInstallation,
  DemoPeople,
  SeedDemo,
  SessionEnder,
  SessionStarter,
  SignOutPerson,
  TenantLookups,
  TokenIssuer,
  UpdateProfile,
  UserFinder,
  VerifyApiKey,
  VerifyEmail,
];
