import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result, type SignerRole, uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, scopeOf, systemScope } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { type DocumentRecord, overFor } from '../domain/document';
import { SealedContent, sha256 } from './content';
import { DocumentFiles } from './document-files';
import { followSignatureJob } from './jobs';
import { DocumentStore, SignatureStore } from './ports';
import { type Recipient, SignatureProvider, type SignatureRequestRecord, SignatureRequestStore } from './signature-ports';
import { SignDocument } from './sign-document';
import { auditOf, type Requester } from './template-shelf';

const across = systemScope('signature requests are followed by jobs');

/** The documents and what is known of their requests. */
@Injectable()
export class SignatureStores {
  constructor(
    readonly documents: DocumentStore,
    readonly requests: SignatureRequestStore,
    readonly sealed: SealedContent,
    readonly files: DocumentFiles,
    readonly signatures: SignatureStore,
  ) {}
}

/**
 * Asks somebody without an account for their signature, through a service. The wish is written first, the service asked after,
 * and what it says later is fetched from it, never believed of a caller.
 */
@Injectable()
export class RequestSignatures {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly stores: SignatureStores,
    private readonly provider: SignatureProvider,
    private readonly signing: SignDocument,
    private readonly jobs: Jobs,
  ) {}

  async ask(documentId: string, role: SignerRole, recipient: Recipient, by: Requester): Promise<Result<SignatureRequestRecord, Refusal<'not_found' | 'conflict' | 'already_signed' | 'permission_denied'>>> {
    const now = this.db.clock.now();
    const { documents, requests, sealed } = this.stores;
    return this.db.transaction<Result<SignatureRequestRecord, Refusal<'not_found' | 'conflict' | 'already_signed' | 'permission_denied'>>>(async (tx) => {
      const document = await documents.lock(scopeOf(by), tx, documentId);
      if (document === null) return refuse('not_found', 'There is no such document');
      if (document.state !== 'issued' || document.buyerId === null || document.erasedAt !== null) return refuse('conflict', 'It can’t be signed');
      if (!document.signers.includes(role)) return refuse('permission_denied', `The ${role} does not sign this document`);
      if (document.signedBy.includes(role)) return refuse('already_signed', `The ${role} has signed it`);
      const over = overFor(document, await this.stores.signatures.beforeSigning(scopeOf(by), tx, document));
      if (over !== null) return refuse('conflict', over);
      const open = await requests.ofDocument(scopeOf(by), tx, documentId);
      if (open.some((one) => one.role === role && (one.state === 'wanted' || one.state === 'open'))) return refuse('conflict', 'They are asked already');
      const recipientSealed = await sealed.seal(tx, document.buyerId, recipient, 'signature');
      const request: SignatureRequestRecord = { id: uuidv7(now), tenantId: by.tenantId, documentId, role, state: 'wanted', recipientSealed, providerId: null, providerSha256: null, problem: null, createdAt: now, updatedAt: now, tryAt: new Date(now.getTime() + 60_000) };
      await requests.insert(tx, request);
      await tx.audit({ ...auditOf(by), action: 'signature.requested', object: { type: 'document', id: documentId }, tenantId: by.tenantId, after: { request_id: request.id, role, provider: this.provider.name } });
      tx.afterCommit(() => void this.jobs.enqueueEventually(followSignatureJob, { request_id: request.id }, { jobId: request.id }));
      return ok(request);
    });
  }

  list(documentId: string, by: Requester): Promise<SignatureRequestRecord[]> {
    return this.stores.requests.ofDocument(scopeOf(by), this.db, documentId);
  }

  /** One step further: the service is asked, or asked how it stands. */
  async follow(requestId: string): Promise<SignatureRequestRecord['state'] | 'missing'> {
    const request = await this.stores.requests.byId(this.db, requestId);
    if (request === null) return 'missing';
    if (request.state === 'wanted') return this.send(request);
    if (request.state === 'open') return this.look(request);
    return request.state;
  }

  private async send(request: SignatureRequestRecord): Promise<SignatureRequestRecord['state']> {
    const { documents, requests, files } = this.stores;
    const document = await documents.byId(across, this.db, request.documentId);
    const recipient = await this.recipientOf(request, document);
    if (document?.file == null || document.erasedAt !== null || recipient === null) return this.settle(request, { state: 'withdrawn', problem: 'content_erased' });
    const pdf = await files.find(document, document.file);
    // What is not the document any more is shown to nobody for their signature.
    if (pdf === null) return this.settle(request, { state: 'withdrawn', problem: 'file_differs' });
    const providerId = await this.provider.ask({
      reference: request.id,
      title: `${document.number ?? document.kind}.pdf`,
      pdf,
      recipient,
      language: document.language ?? 'en',
    });
    if (providerId !== null) return this.settle(request, { state: 'open', providerId, problem: null });
    if (request.tryAt === null) return this.settle(request, { state: 'withdrawn', problem: 'provider_off' });
    await this.db.transaction((tx) => requests.update(tx, request.id, { problem: 'provider_off' }, this.db.clock.now()));
    return request.state;
  }

  private async look(request: SignatureRequestRecord): Promise<SignatureRequestRecord['state']> {
    const found = request.providerId === null ? null : await this.provider.state(request.providerId);
    if (found === null || found.state === 'open') return request.tryAt === null ? this.settle(request, { state: 'withdrawn', problem: 'no_answer' }) : request.state;
    if (found.state !== 'signed') return this.settle(request, { state: found.state });
    const file = await this.provider.file(found.documentId);
    if (file === null) return request.state;
    const { documents, files } = this.stores;
    const document = await documents.byId(across, this.db, request.documentId);
    const recipient = await this.recipientOf(request, document);
    if (document?.file == null || document.erasedAt !== null || recipient === null) return this.settle(request, { state: 'withdrawn', problem: 'content_erased' });
    const hash = sha256(file);
    // It may have been written anew, but a PDF it is; where it is not, it is asked for again.
    if (file.subarray(0, 5).toString('latin1') !== '%PDF-') throw new Error(`the signature service sent something that is no PDF (SHA-256 ${hash})`);
    // By its content: what an earlier attempt has left is of the same name only where it is the same.
    await files.keep(document, document.file.key.replace(/\.pdf$/u, `-${request.role}-${this.provider.name}-${hash.slice(0, 16)}.pdf`), file);
    const signed = await this.signing.run(
      { documentId: document.id, role: request.role, method: 'provider', name: recipient.name, sha256: document.file.sha256, drawn: null, note: `${this.provider.name} ${request.providerId ?? ''}, SHA-256 ${hash}`, userAgent: null },
      { tenantId: request.tenantId, actor: { kind: 'system', id: `documents.${this.provider.name}` }, userId: null, isStaff: true },
    );
    // Somebody may have recorded it on paper meanwhile: then it is signed all the same.
    await files.dropErased(document.id);
    if (!signed.ok && signed.error.code !== 'already_signed') return this.settle(request, { state: 'withdrawn', problem: signed.error.detail ?? signed.error.code });
    return this.settle(request, { state: 'signed', providerSha256: hash });
  }

  /** Null where they were erased. Sealed by ourselves: what can be opened is what was put in. */
  private async recipientOf({ recipientSealed }: SignatureRequestRecord, document: DocumentRecord | null): Promise<Recipient | null> {
    return document?.buyerId == null ? null : ((await this.stores.sealed.open(document.buyerId, recipientSealed, 'signature')) as Recipient | null);
  }

  private settle(request: SignatureRequestRecord, change: Parameters<SignatureRequestStore['update']>[2]): Promise<SignatureRequestRecord['state']> {
    return this.db.transaction(async (tx) => {
      const locked = await this.stores.requests.lock(tx, request.id);
      if (locked === null || locked.state !== request.state) return locked?.state ?? request.state;
      await this.stores.requests.update(tx, request.id, change, this.db.clock.now());
      await tx.audit({ actor: { kind: 'system', id: `documents.${this.provider.name}` }, action: 'signature.request_changed', object: { type: 'document', id: request.documentId }, tenantId: request.tenantId, before: { state: request.state }, after: { request_id: request.id, state: change.state ?? request.state } });
      return change.state ?? request.state;
    });
  }
}
