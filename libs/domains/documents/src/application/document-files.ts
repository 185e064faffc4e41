import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { objectStore, type ObjectStore, putOnce } from '@autobroker/platform/storage';
import { type DocumentRecord, folderOf, type StoredFile } from '../domain/document';
import { sha256 } from './content';
import { DocumentStore } from './ports';

type Owner = Pick<DocumentRecord, 'id' | 'tenantId'>;

/** What lies in the store is not what was put there, or not what is on record. Nothing goes on from there. */
class StoredDifferentlyError extends Error {
  override readonly name = 'StoredDifferentlyError';
}

/** The files of documents. Nothing is taken for stored that was not read back, and nothing for unchanged that was not compared. */
@Injectable()
export class DocumentFiles {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly store: DocumentStore,
    @Inject(objectStore) private readonly objects: ObjectStore,
  ) {}

  /** Never to be replaced. An earlier attempt that got as far as here has left the same bytes, or it is an error on record. */
  async keep(owner: Owner, key: string, bytes: Buffer): Promise<StoredFile> {
    await putOnce(this.objects, key, bytes, 'application/pdf');
    const file: StoredFile = { key, sha256: sha256(bytes), size: bytes.length };
    await this.read(owner, file);
    return file;
  }

  /** The bytes that are on record, or an error that is. */
  async read(owner: Owner, file: StoredFile): Promise<Buffer> {
    const stored = await this.objects.get(file.key);
    const bytes = stored === null ? null : await buffer(stored.stream);
    const found = bytes === null ? null : sha256(bytes);
    if (bytes !== null && found === file.sha256) return bytes;
    await this.record(owner, bytes === null ? 'file_missing' : 'file_differs', { expected: file.sha256, found });
    throw new StoredDifferentlyError(`document ${owner.id}: what is stored under ${file.key} has the SHA-256 ${found ?? 'of nothing'}, not ${file.sha256}`);
  }

  /** The same, but null in place of the error, for who has an answer of their own to that. It is on record all the same. */
  async find(owner: Owner, file: StoredFile): Promise<Buffer | null> {
    try {
      return await this.read(owner, file);
    } catch (error) {
      if (error instanceof StoredDifferentlyError) return null;
      throw error;
    }
  }

  /** For the broker's people and the log, once for as long as it lasts. */
  record({ id, tenantId }: Owner, problem: string, after: object): Promise<void> {
    return this.db.transaction(async (tx) => {
      if (!(await this.store.blameOnce(tx, id, problem))) return;
      await tx.audit({ actor: { kind: 'system', id: 'documents.files' }, action: 'document.file_refused', object: { type: 'document', id }, tenantId, after: { problem, ...after } });
    });
  }

  /** What can't be issued or sealed as it was numbered, ever. The broker's people see why, and issue another. What it is then. */
  end(document: DocumentRecord, problem: string, after: object = {}): Promise<DocumentRecord['state']> {
    return this.db.transaction((tx) => this.endIn(tx, document, problem, after));
  }

  async endIn(tx: Tx, { id, tenantId, kind, number, version, state }: DocumentRecord, problem: string, after: object = {}): Promise<DocumentRecord['state']> {
    const ended = await this.store.end(tx, id, problem, this.db.clock.now());
    if (ended === null) return state;
    await tx.audit({ actor: { kind: 'system', id: 'documents.files' }, action: 'document.ended', object: { type: 'document', id }, tenantId, before: { state }, after: { state: ended, kind, number, version, problem, ...after } });
    return ended;
  }

  /** Where its person was forgotten while a file of it was written: that goes as well, and is noted first. Whether they were. */
  async dropErased(id: string): Promise<boolean> {
    const erased = await this.store.filesCame(id, this.db.clock.now());
    if (erased !== null) await this.removeErased(erased);
    return erased !== null;
  }

  /** Noted only when nothing is left: what could not be removed comes again. */
  async removeErased(document: DocumentRecord): Promise<void> {
    await this.remove(document);
    await this.store.filesGone(document.id);
  }

  /** All that was ever stored of a document: its file, its signed copy, what a signature service has sent, what is on no record. */
  private async remove(document: DocumentRecord): Promise<void> {
    for (const one of [document.file, document.signedFile]) if (one !== null) await this.objects.delete(one.key);
    for await (const { key } of this.objects.list(folderOf(document))) await this.objects.delete(key);
  }
}
