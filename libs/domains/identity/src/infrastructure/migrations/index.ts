import type { Migration } from '@autobroker/platform/database';
import { people } from './0001-people';
import { signIn } from './0002-sign-in';
import { partners } from './0003-partners';
import { privacy } from './0004-privacy';
import { auditEntries } from './0005-audit';
import { revocations } from './0006-revocations';

export const identityMigrations: Migration[] = [
  { id: '0001-people', up: people },
  { id: '0002-sign-in', up: signIn },
  { id: '0003-partners', up: partners },
  { id: '0004-privacy', up: privacy },
  { id: '0005-audit', up: auditEntries },
  { id: '0006-revocations', up: revocations },
];
