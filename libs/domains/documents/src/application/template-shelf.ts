import { Inject, Injectable } from '@nestjs/common';
import { type DocumentKind, ok, refuse, type Refusal, type Result, uuidv7 } from '@autobroker/kernel';
import { type AuditEntry, type Database, databaseOf, scopeOf } from '@autobroker/platform/database';
import { faultsOf } from '../domain/paper/check-template';
import { type Branding, plainBranding } from '../domain/paper/paper';
import type { Template } from '../domain/paper/template';
import { templates } from '../domain/templates';
import { type StoredTemplate, TemplateStore } from './ports';

/** On whose behalf, and from where: for the audit log. */
export interface Requester extends Pick<AuditEntry, 'actor' | 'from'> {
  readonly tenantId: string;
}

const shipped = (kind: DocumentKind): StoredTemplate => ({ template: templates[kind], createdAt: null });

/** What a paper is written with, of what the tenant has. */
export const ownOrShipped = ({ template, branding }: { readonly template: Template | null; readonly branding: Branding | null }, kind: DocumentKind): { readonly template: Template; readonly branding: Branding } => ({
  template: template ?? shipped(kind).template,
  branding: branding ?? plainBranding,
});

/** A tenant's templates and its letterhead: the platform's own where it has none. */
@Injectable()
export class TemplateShelf {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly store: TemplateStore,
  ) {}

  async latest(tenantId: string, kind: DocumentKind): Promise<Template> {
    return (await this.newest(tenantId, kind)).template;
  }

  async newest(tenantId: string, kind: DocumentKind): Promise<StoredTemplate> {
    return (await this.store.latest(scopeOf({ tenantId }), this.db, kind)) ?? shipped(kind);
  }

  async versions(tenantId: string, kind: DocumentKind): Promise<readonly StoredTemplate[]> {
    return [...(await this.store.versions(scopeOf({ tenantId }), kind)), shipped(kind)];
  }

  /** The next version, from now on. Documents that were written with earlier ones stay what they are. */
  async publish(input: Omit<Template, 'version'>, by: Requester): Promise<Result<Template, Refusal<'validation_failed'>>> {
    const faults = faultsOf({ ...input, version: 1 });
    if (faults.length > 0) return refuse('validation_failed', 'The template can’t be used', { errors: faults });
    const now = this.db.clock.now();
    return this.db.transaction(async (tx) => {
      const before = await this.store.latest(scopeOf(by), tx, input.kind);
      const template: Template = { ...input, version: (before?.template.version ?? 0) + 1 };
      const id = uuidv7(now);
      await this.store.add(tx, { id, tenantId: by.tenantId, template, createdBy: by.actor.id, createdAt: now });
      await tx.audit({ ...auditOf(by), action: 'document_template.published', object: { type: 'document_template', id }, tenantId: by.tenantId, after: { kind: input.kind, version: template.version } });
      return ok(template);
    });
  }

  async branding(tenantId: string): Promise<Branding> {
    return (await this.brandingWithVersion(tenantId)).branding;
  }

  async brandingWithVersion(tenantId: string): Promise<{ readonly version: number; readonly branding: Branding }> {
    return (await this.store.branding(scopeOf({ tenantId }), this.db)) ?? { version: 0, branding: plainBranding };
  }

  async changeBranding(branding: Branding, expected: number | undefined, by: Requester): Promise<Result<number, Refusal<'precondition_failed'>>> {
    const now = this.db.clock.now();
    return this.db.transaction<Result<number, Refusal<'precondition_failed'>>>(async (tx) => {
      const before = await this.store.branding(scopeOf(by), tx);
      const version = before?.version ?? 0;
      if (expected !== undefined && expected !== version) return refuse('precondition_failed', 'Somebody else has changed it');
      if (!(await this.store.saveBranding(tx, by.tenantId, version + 1, branding, now))) return refuse('precondition_failed', 'Somebody else has changed it');
      await tx.audit({ ...auditOf(by), action: 'document_branding.changed', object: { type: 'document_branding', id: by.tenantId }, tenantId: by.tenantId, after: { version: version + 1 } });
      return ok(version + 1);
    });
  }
}

export const auditOf = ({ actor, from }: Requester): Pick<AuditEntry, 'actor' | 'from'> => ({ actor, ...(from === undefined ? {} : { from }) });
