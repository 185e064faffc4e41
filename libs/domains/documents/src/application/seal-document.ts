import { Inject, Injectable } from '@nestjs/common';
import type { SignerRole } from '@autobroker/kernel';
import { type Database, databaseOf, systemScope } from '@autobroker/platform/database';
import { type DocumentRecord, isComplete, type StoredFile } from '../domain/document';
import { withSignatures } from '../domain/paper/compose';
import type { SignatureMark } from '../domain/paper/composed';
import { type Evidence, evidencePage, evidenceText } from '../domain/signing/evidence';
import { contentHashOf, sha256 } from './content';
import { PlatformSeal, Printer, type SignatureRecord, SignatureStore } from './ports';
import { SignatureStores } from './request-signatures';

const across = systemScope('signed copies are written by jobs');

type Proven = Evidence & { readonly hash: string };

/** The copy for the drawer: the document with its signatures, and a page that says who signed, when and how. */
@Injectable()
export class SealDocument {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly stores: SignatureStores,
    private readonly signatures: SignatureStore,
    private readonly printer: Printer,
    private readonly seal: PlatformSeal,
  ) {}

  async run(id: string, signal?: AbortSignal): Promise<boolean> {
    const { documents, sealed, files } = this.stores;
    const document = await documents.byId(across, this.db, id);
    if (document !== null && document.erasedAt !== null) await files.dropErased(id);
    if (document === null || document.signedFile !== null || document.erasedAt !== null || document.endedAt !== null || document.file === null || document.buyerId === null || document.number === null || !isComplete(document)) return false;
    const content = await sealed.frozen(document.buyerId, await documents.content(id));
    if (content === null) return this.end(document, 'person_erased');
    // What was signed must lie there as it was, be written again as it was, and be what each signature is of.
    await files.read(document, document.file);
    if (contentHashOf(content.composed) !== document.contentHash) return this.end(document, 'content_differs');
    const evidence = await this.proven(document, document.file, await this.signatures.ofDocument(across, this.db, id), document.buyerId);
    if (typeof evidence === 'string') return this.end(document, evidence);
    const marks: Partial<Record<SignerRole, SignatureMark>> = Object.fromEntries(evidence.map(({ role, name, at, drawn }) => [role, { by: name, at, drawn }]));
    const { paper, composed } = content;
    const page = evidencePage({ kind: document.kind, number: document.number, language: paper.language, timeZone: paper.timeZone, documentSha256: document.file.sha256, signatures: evidence });
    const printed = await this.printer.print({ composed: withSignatures(composed, paper, marks), contentHash: document.contentHash, invoiceXml: null, evidence: page }, signal);
    const bytes = this.seal.sign(printed, { at: new Date(evidence.at(-1)?.at ?? 0), reason: `${document.number} v${document.version}, SHA-256 ${document.file.sha256}`, by: paper.parties.broker.name });
    // The same evidence makes the same bytes.
    const file = await files.keep(document, document.file.key.replace(/\.pdf$/u, '-signed.pdf'), bytes);
    const isSealed = await this.db.transaction(async (tx) => {
      if (!(await documents.sealed(tx, id, file))) return false;
      await tx.audit({ actor: { kind: 'system', id: 'documents.seal' }, action: 'document.sealed', object: { type: 'document', id }, tenantId: document.tenantId, after: { sha256: file.sha256 } });
      return true;
    });
    // Their person may be forgotten since it was read, and no law keeps it.
    return isSealed || !(await files.dropErased(id));
  }

  /** Each signature's evidence, held against its hash and the one before; or why it is none: somebody's is erased, or does not hold. */
  private async proven({ signers }: DocumentRecord, file: StoredFile, signatures: readonly SignatureRecord[], personId: string): Promise<readonly Proven[] | 'person_erased' | 'evidence_differs'> {
    const proven: Proven[] = [];
    for (const signature of signatures) {
      const opened = signature.evidenceSealed === null ? null : ((await this.stores.sealed.open(personId, signature.evidenceSealed, 'signature')) as Evidence | null);
      if (opened === null) return 'person_erased';
      const previousHash = proven.at(-1)?.hash ?? null;
      const holds = sha256(evidenceText(opened, previousHash)) === signature.evidenceHash && signature.previousHash === previousHash && opened.documentSha256 === file.sha256;
      if (!holds) return 'evidence_differs';
      proven.push({ ...opened, hash: signature.evidenceHash });
    }
    return isComplete({ signers, signedBy: proven.map(({ role }) => role) }) ? proven : 'evidence_differs';
  }

  /** What was issued and signed stays as it is: only the copy that shows it never comes. */
  private async end(document: DocumentRecord, problem: string): Promise<false> {
    await this.stores.files.end(document, problem, { content: document.contentHash });
    return false;
  }
}
