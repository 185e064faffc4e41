import { Inject, Injectable } from '@nestjs/common';
import { documentSigned } from '@autobroker/contracts';
import { ok, refuse, type Refusal, type Result, type SignerRole, uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, scopeOf, type Tx } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { type DocumentRecord, isComplete, overFor, type SigningSight } from '../domain/document';
import type { SignatureMark } from '../domain/paper/composed';
import { consentFor } from '../domain/signing/consent';
import { type Evidence, evidenceText } from '../domain/signing/evidence';
import { SealedContent, sha256 } from './content';
import { DocumentFiles } from './document-files';
import { sealDocumentJob } from './jobs';
import { DocumentStore, type SignatureMethod, type SignatureRecord, SignatureStore } from './ports';
import { auditOf, type Requester } from './template-shelf';

export interface SignRequest {
  readonly documentId: string;
  readonly role: SignerRole;
  readonly method: SignatureMethod;
  readonly name: string;
  /** Of the file that was shown: another one is not signed. */
  readonly sha256: string;
  readonly drawn: SignatureMark['drawn'];
  readonly note: string | null;
  readonly userAgent: string | null;
}

export interface Signer extends Requester {
  readonly userId: string | null;
  /** Whether they act for the broker. */
  readonly isStaff: boolean;
}

export type SignRefusal = Refusal<'not_found' | 'permission_denied' | 'conflict' | 'already_signed' | 'validation_failed'>;

@Injectable()
export class SignDocument {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly documents: DocumentStore,
    private readonly signatures: SignatureStore,
    private readonly sealed: SealedContent,
    private readonly jobs: Jobs,
    private readonly files: DocumentFiles,
  ) {}

  async run(request: SignRequest, by: Signer): Promise<Result<SignatureRecord, SignRefusal>> {
    const scope = scopeOf(by);
    if (!(await this.isAsIssued(request, by))) return refuse('conflict', 'The stored file is not the one that was issued: it can’t be signed');
    return this.db.transaction<Result<SignatureRecord, SignRefusal>>(async (tx) => {
      const document = await this.documents.lock(scope, tx, request.documentId);
      if (document === null || (!by.isStaff && document.buyerId !== by.userId)) return refuse('not_found', 'There is no such document');
      const { previousHash, ...sight } = await this.signatures.beforeSigning(scope, tx, document);
      const refused = refusalOf(document, sight, request, by);
      if (refused !== null) return refused;
      return ok(await this.sign(tx, document, previousHash, request, by));
    });
  }

  /** Before anything is written: what lies in the store is what its hash says. Whether they may sign at all is looked at after. */
  private async isAsIssued({ documentId, sha256: seen }: SignRequest, by: Signer): Promise<boolean> {
    const document = await this.documents.byId(scopeOf(by), this.db, documentId);
    if (document === null || document.file?.sha256 !== seen || document.erasedAt !== null || (!by.isStaff && document.buyerId !== by.userId)) return true;
    return (await this.files.find(document, document.file)) !== null;
  }

  private async sign(tx: Tx, document: DocumentRecord, previousHash: string | null, request: SignRequest, by: Signer): Promise<SignatureRecord> {
    const { id: documentId, tenantId, orderId, kind, version, number, language, file } = document;
    const now = this.db.clock.now();
    const ip = by.from?.ip;
    const evidence: Evidence = {
      role: request.role,
      name: request.name.trim(),
      method: request.method,
      signedBy: by.userId,
      at: now.toISOString(),
      ipHash: ip == null ? null : this.sealed.hashed('signature-ip', ip),
      userAgent: request.userAgent?.slice(0, 500) ?? null,
      documentSha256: file?.sha256 ?? '',
      consent: consentFor({ kind, number: number ?? '', sha256: file?.sha256 ?? '', language: language ?? 'en' }),
      note: request.note,
      drawn: request.drawn,
    };
    const record: SignatureRecord = {
      id: uuidv7(now),
      tenantId,
      documentId,
      role: request.role,
      method: request.method,
      signedBy: by.userId,
      documentSha256: evidence.documentSha256,
      ipHash: evidence.ipHash,
      consent: evidence.consent,
      evidenceSealed: document.buyerId === null ? null : await this.sealed.seal(tx, document.buyerId, evidence, 'signature'),
      previousHash,
      evidenceHash: sha256(evidenceText(evidence, previousHash)),
      signedAt: now,
    };
    await this.signatures.insert(tx, record);
    await this.documents.signed(tx, documentId, request.role, now);
    const complete = isComplete({ signers: document.signers, signedBy: [...document.signedBy, request.role] });
    await tx.audit({ ...auditOf(by), action: 'document.signed', object: { type: 'document', id: documentId }, tenantId, after: { role: request.role, method: request.method, sha256: record.documentSha256, evidence: record.evidenceHash, complete } });
    await tx.publish(documentSigned, {
      key: orderId,
      tenantId,
      data: { document_id: documentId, order_id: orderId, kind, version, role: request.role, signed_by: by.userId, complete, signed_at: now.toISOString() },
    });
    if (complete) tx.afterCommit(() => void this.jobs.soon(sealDocumentJob, { document_id: documentId, tenant_id: tenantId }, { jobId: documentId, priority: 'low' }));
    return record;
  }
}

function refusalOf(document: DocumentRecord, sight: SigningSight, { role, method, sha256: seen, name }: SignRequest, by: Signer): ReturnType<typeof refuse<SignRefusal['code']>> | null {
  if (document.state !== 'issued' || document.file === null) return refuse('conflict', 'It is not issued yet');
  if (document.erasedAt !== null) return refuse('conflict', 'Its content is erased');
  if (!document.signers.includes(role)) return refuse('permission_denied', `The ${role} does not sign this document`);
  // One's own name is put by oneself; what is on paper is recorded by the broker's people, but of nobody's own purchase.
  const isBuyer = document.buyerId === by.userId;
  const acts = by.isStaff && !isBuyer;
  const mine = role === 'buyer' ? isBuyer : role === 'broker' && acts;
  const recorded = acts && method === 'on_paper';
  // What a service says is heard by ourselves alone.
  const served = method === 'provider' && by.actor.kind === 'system';
  if (method === 'on_paper' ? !recorded : !mine && !served) return refuse('permission_denied', `The ${role} signs for themselves`);
  if (document.signedBy.includes(role)) return refuse('already_signed', `The ${role} has signed it`);
  if (seen !== document.file.sha256) return refuse('conflict', 'What was shown is not this document: read it again');
  const over = overFor(document, sight);
  if (over !== null) return refuse('conflict', over);
  if (name.trim().length < 2) return refuse('validation_failed', 'A name is needed', { errors: [{ pointer: '/name', code: 'too_short', detail: 'has at least two characters' }] });
  return null;
}
