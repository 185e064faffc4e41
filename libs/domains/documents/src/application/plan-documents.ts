import { Injectable } from '@nestjs/common';
import { type DocumentKind, uuidv7 } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { type DocumentContext, type DocumentRecord, isToBeSigned } from '../domain/document';
import type { Language } from '../domain/paper/paper';
import { issueDocumentJob } from './jobs';
import { DocumentStore } from './ports';

export interface Plan {
  readonly tenantId: string;
  readonly orderId: string;
  readonly buyerId: string | null;
  readonly kind: DocumentKind;
  readonly occasion: string;
  readonly language: Language | null;
  readonly version?: number;
  readonly replaces?: string;
  readonly reason?: string;
  readonly context?: DocumentContext;
  /** It can't be written before its order is heard of: whoever hears of it asks for it then. */
  readonly isParked?: boolean;
}

type Planned = Pick<DocumentRecord, 'id' | 'tenantId' | 'kind'>;

/** Puts a document on the list, and its work in the queue once the list is committed. A sweep asks again for what gets lost. */
@Injectable()
export class PlanDocuments {
  constructor(
    private readonly store: DocumentStore,
    private readonly jobs: Jobs,
  ) {}

  /** Its id; null where it was planned before. */
  async plan(tx: Tx, plan: Plan, at: Date): Promise<string | null> {
    return (await this.planAll(tx, [plan], at))[0] ?? null;
  }

  /** The ids of those that were not planned before. */
  async planAll(tx: Tx, plans: readonly Plan[], at: Date): Promise<string[]> {
    if (plans.length === 0) return [];
    const documents = plans.map(({ version = 1, replaces, reason, context = {}, isParked = false, ...plan }) => ({ ...plan, id: uuidv7(at), version, replaces: replaces ?? null, reason: reason ?? null, context, isParked, plannedAt: at }));
    const added = new Set(await this.store.plan(tx, documents));
    const theirs = documents.filter(({ id }) => added.has(id));
    for (const document of theirs) if (!document.isParked) this.soon(tx, document, document.id);
    return theirs.map(({ id }) => id);
  }

  /** What it waited for may be there now; `turn` tells one such moment from another. */
  again(tx: Tx, planned: Planned, turn: number): void {
    this.soon(tx, planned, `${planned.id}.v${turn}`);
  }

  /** Who is to sign a paper waits for it. */
  private soon(tx: Tx, { id, tenantId, kind }: Planned, jobId: string): void {
    tx.afterCommit(() => void this.jobs.soon(issueDocumentJob, { document_id: id, tenant_id: tenantId }, { jobId, priority: isToBeSigned(kind) ? 'high' : 'normal' }));
  }
}
