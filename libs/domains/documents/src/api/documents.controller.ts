import { Controller } from '@nestjs/common';
import { Handle, idPagination, idWindow, Input, type InputOf, invalid, orThrow, plain, ProblemError, redirect, reply } from '@autobroker/platform/http';
import { AskForDocument } from '../application/ask-for-document';
import { DrawnImages } from '../application/drawn-images';
import { ReadDocuments } from '../application/read-documents';
import { SignDocument } from '../application/sign-document';
import { cameToNothing, type DocumentRecord } from '../domain/document';
import type { SignatureMark } from '../domain/paper/composed';
import { cleanPath } from '../domain/signing/drawn';
import { readerOf, signerOf } from './caller';
import { askForDocument, documentContent, documentLink, getDocument, listAllDocuments, listDocuments, listSignatures, previewDocument, signDocument } from './routes/document.routes';
import { presentDocument, presentSignature, presentSigning } from './schemas/document';

@Controller()
export class DocumentsController {
  constructor(
    private readonly reading: ReadDocuments,
    private readonly asking: AskForDocument,
    private readonly signing: SignDocument,
    private readonly images: DrawnImages,
  ) {}

  @Handle(listDocuments)
  async list(@Input() input: InputOf<typeof listDocuments>) {
    const reader = readerOf(input);
    const all = orThrow(await this.reading.ofOrder(input.params.id, reader));
    const { kind } = input.query;
    const asked = all.filter((document) => kind === undefined || document.kind === kind);
    return reply(asked.map((document) => presentDocument(document, { replacedBy: successorIn(all, document), isStaff: reader.isStaff })));
  }

  @Handle(listAllDocuments)
  async all(@Input() input: InputOf<typeof listAllDocuments>) {
    const reader = readerOf(input);
    const { query } = input;
    const { kind = [], state = [], problem = null } = query;
    const binding = ['documents', reader.tenantId, kind, state, problem];
    const page = await this.reading.list({ kinds: kind, states: state, problem }, idWindow(query, binding), reader);
    return reply(page.items.map((document) => presentDocument(document, { replacedBy: document.replacedBy, isStaff: true })), { headers: { 'cache-control': 'no-store' }, pagination: idPagination(query, page, binding) });
  }

  @Handle(askForDocument)
  async ask(@Input() input: InputOf<typeof askForDocument>) {
    const { kind, language = null, replaces = null, credits = null, reason = null } = input.body;
    const planned = orThrow(await this.asking.run({ orderId: input.params.id, kind, language, replaces, credits, reason }, signerOf(input)));
    return reply(presentDocument(planned, { replacedBy: null, isStaff: true }), { status: 202, location: `/api/v1/documents/${planned.id}` });
  }

  @Handle(previewDocument)
  async preview(@Input() input: InputOf<typeof previewDocument>) {
    const { kind, language = null } = input.body;
    const bytes = orThrow(await this.asking.preview({ orderId: input.params.id, kind, language }, signerOf(input)));
    return plain(bytes, 'application/pdf', { headers: { 'content-disposition': `inline; filename="draft-${kind}.pdf"`, 'content-security-policy': "default-src 'none'; sandbox" } });
  }

  @Handle(getDocument)
  async one(@Input() input: InputOf<typeof getDocument>) {
    const reader = readerOf(input);
    const document = orThrow(await this.reading.one(input.params.id, reader));
    return reply(presentDocument(document, { replacedBy: await this.reading.successorOf(document.id, reader), isStaff: reader.isStaff }));
  }

  @Handle(documentContent)
  async content(@Input() input: InputOf<typeof documentContent>) {
    const { url } = orThrow(await this.reading.link(input.params.id, input.query.copy, readerOf(input)));
    return redirect(url);
  }

  @Handle(documentLink)
  async link(@Input() input: InputOf<typeof documentLink>) {
    const { url, expiresAt, sha256, size } = orThrow(await this.reading.link(input.params.id, input.query.copy, readerOf(input)));
    return reply({ url, expires_at: expiresAt.toISOString(), sha256, size });
  }

  @Handle(listSignatures)
  async signatures(@Input() input: InputOf<typeof listSignatures>) {
    const { document, signatures } = orThrow(await this.reading.signaturesOf(input.params.id, readerOf(input)));
    return reply(presentSigning(document, signatures));
  }

  @Handle(signDocument)
  async sign(@Input() input: InputOf<typeof signDocument>) {
    const { role, method, name, sha256, note = null } = input.body;
    const drawn = await this.drawnIn(input.body);
    if ((method === 'drawn') !== (drawn !== null)) throw invalid('/drawn', 'required', 'A drawn signature has a drawing, and no other has.');
    if (method === 'on_paper' && note === null) throw invalid('/note', 'required', 'Say where the paper is, and who has seen it signed.');
    const signed = orThrow(await this.signing.run({ documentId: input.params.id, role, method, name, sha256, drawn, note, userAgent: input.request.userAgent }, signerOf(input)));
    return reply(presentSignature(signed), { status: 201 });
  }

  /** What was sent is not kept, only what could be made of it anew. */
  private async drawnIn({ drawn }: InputOf<typeof signDocument>['body']): Promise<SignatureMark['drawn']> {
    if (drawn === undefined) return null;
    if ('png' in drawn) {
      const base64 = await this.images.clean(drawn.png);
      if (base64 === null) throw new ProblemError('file_unreadable', 'The drawing is no PNG, or an empty one.');
      return { kind: 'png', base64 };
    }
    const path = cleanPath(drawn.path, drawn.width, drawn.height);
    if (path === null) throw invalid('/drawn/path', 'not_a_line', 'The path has commands M, L, Q, C and Z within its frame, and at least three lines.');
    return path;
  }
}

const successorIn = (all: readonly DocumentRecord[], { id }: DocumentRecord): string | null => all.find((other) => other.replaces === id && !cameToNothing(other))?.id ?? null;
