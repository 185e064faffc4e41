import { Inject, Injectable } from '@nestjs/common';
import type { SignerRole } from '@autobroker/kernel';
import { type Database, databaseOf, systemScope } from '@autobroker/platform/database';
import { objectStore, type ObjectStore, putOnce } from '@autobroker/platform/storage';
import { isComplete } from '../domain/document';
import { compose } from '../domain/paper/compose';
import type { SignatureMark } from '../domain/paper/composed';
import { type Evidence, evidencePage } from '../domain/signing/evidence';
import { SealedContent, sha256 } from './content';
import { DocumentStore, Printer, SignatureStore } from './ports';

const across = systemScope('signed copies are written by jobs');

/** The copy for the drawer: the document with its signatures, and a page that says who signed, when and how. */
@Injectable()
export class SealDocument {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly documents: DocumentStore,
    private readonly signatures: SignatureStore,
    private readonly sealed: SealedContent,
    private readonly printer: Printer,
    @Inject(objectStore) private readonly objects: ObjectStore,
  ) {}

  async run(id: string, signal?: AbortSignal): Promise<boolean> {
    const document = await this.documents.byId(across, this.db, id);
    if (document === null || document.signedFile !== null || document.erasedAt !== null || document.file === null || document.buyerId === null || document.number === null || !isComplete(document)) return false;
    const content = await this.sealed.frozen(document.buyerId, await this.documents.content(id));
    if (content === null) return false;
    const evidence: (Evidence & { readonly hash: string })[] = [];
    for (const signature of await this.signatures.ofDocument(across, this.db, id)) {
      const opened = signature.evidenceSealed === null ? null : ((await this.sealed.open(document.buyerId, signature.evidenceSealed, 'signature')) as Evidence | null);
      if (opened !== null) evidence.push({ ...opened, hash: signature.evidenceHash });
    }
    const marks: Partial<Record<SignerRole, SignatureMark>> = Object.fromEntries(evidence.map(({ role, name, at, drawn }) => [role, { by: name, at, drawn }]));
    const { paper, template, branding } = content;
    const page = evidencePage({ kind: document.kind, number: document.number, language: paper.language, timeZone: paper.timeZone, documentSha256: document.file.sha256, signatures: evidence });
    const bytes = await this.printer.print({ composed: compose({ paper, template, branding, signatures: marks }), contentHash: document.contentHash ?? '', invoiceXml: null, evidence: page }, signal);
    const key = document.file.key.replace(/\.pdf$/u, '-signed.pdf');
    // The same evidence makes the same bytes.
    await putOnce(this.objects, key, bytes, 'application/pdf');
    await this.db.transaction(async (tx) => {
      const locked = await this.documents.lock(across, tx, id);
      if (locked === null || locked.signedFile !== null) return;
      const file = { key, sha256: sha256(bytes), size: bytes.length };
      await this.documents.sealed(tx, id, file);
      await tx.audit({ actor: { kind: 'system', id: 'documents.seal' }, action: 'document.sealed', object: { type: 'document', id }, tenantId: locked.tenantId, after: { sha256: file.sha256 } });
    });
    return true;
  }
}
