import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Database, databaseOf, scopeOf } from '@autobroker/platform/database';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { cameToNothing, type DocumentRecord } from '../domain/document';
import { documentsConfig, type DocumentsConfig } from './config';
import { type DocumentFilter, DocumentLists, DocumentStore, type ListWindow, type SignatureRecord, SignatureStore } from './ports';

export interface Reader {
  readonly tenantId: string;
  readonly userId: string | null;
  /** The broker's own people see every buyer's. */
  readonly isStaff: boolean;
}

export interface DocumentLink {
  readonly url: string;
  readonly expiresAt: Date;
  readonly sha256: string;
  readonly size: number;
}

@Injectable()
export class ReadDocuments {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly store: DocumentStore,
    private readonly lists: DocumentLists,
    private readonly signatures: SignatureStore,
    @Inject(objectStore) private readonly objects: ObjectStore,
    @Inject(documentsConfig.token) private readonly config: DocumentsConfig,
  ) {}

  /** An order of a moment ago is not known here until its event has come. */
  async ofOrder(orderId: string, by: Reader): Promise<Result<readonly DocumentRecord[], Refusal<'not_found'>>> {
    const sale = await this.store.ofSale(scopeOf(by), orderId);
    if (sale === null || (!by.isStaff && sale.buyerId !== by.userId)) return refuse('not_found', 'There is no such order');
    return ok(sale.documents.filter((document) => isFor(document, by)));
  }

  /** Across orders: for the broker's people, who look for what needs them. */
  list(filter: DocumentFilter, window: ListWindow, by: Reader): ReturnType<DocumentLists['page']> {
    return this.lists.page(scopeOf(by), filter, window);
  }

  /** What has taken its place, if anything. */
  successorOf(id: string, by: Reader): Promise<string | null> {
    return this.store.successorOf(scopeOf(by), this.db, id);
  }

  /** Somebody else's does not exist for the one who asks. */
  async one(id: string, by: Reader): Promise<Result<DocumentRecord, Refusal<'not_found'>>> {
    const found = await this.store.byId(scopeOf(by), this.db, id);
    return found === null || !isFor(found, by) ? refuse('not_found', 'There is no such document') : ok(found);
  }

  async signaturesOf(id: string, by: Reader): Promise<Result<{ readonly document: DocumentRecord; readonly signatures: readonly SignatureRecord[] }, Refusal<'not_found'>>> {
    const found = await this.one(id, by);
    return found.ok ? ok({ document: found.value, signatures: await this.signatures.ofDocument(scopeOf(by), this.db, id) }) : found;
  }

  /** An address that opens its file for a short while. The signed copy where there is one, unless the one that was signed is asked for. */
  async link(id: string, copy: 'best' | 'original', by: Reader): Promise<Result<DocumentLink, Refusal<'not_found' | 'conflict'>>> {
    const found = await this.one(id, by);
    if (!found.ok) return found;
    const { file, signedFile, erasedAt } = found.value;
    const wanted = copy === 'original' ? file : (signedFile ?? file);
    if (erasedAt !== null) return refuse('not_found', 'Its content is erased');
    if (wanted === null) return refuse('conflict', 'It is not issued yet');
    const { linkSeconds } = this.config;
    const url = await this.objects.signedUrl(wanted.key, { expiresInS: linkSeconds });
    return ok({ url, expiresAt: new Date(this.db.clock.now().getTime() + linkSeconds * 1_000), sha256: wanted.sha256, size: wanted.size });
  }
}

const isFor = (document: DocumentRecord, by: Reader): boolean => by.isStaff || (document.buyerId !== null && document.buyerId === by.userId && !cameToNothing(document));
