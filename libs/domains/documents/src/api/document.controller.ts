import { Controller } from '@nestjs/common';
import { etagOf, Handle, Input, orThrow, ProblemError, reply, type InputOf } from '@autobroker/platform/http';
import { OpenDocument, type Requester } from '../application/open-document';
import { ReadDocument } from '../application/read-document';
import { createDocument, getDocument, presentDocument } from './document.routes';

@Controller()
export class DocumentController {
  constructor(
    private readonly opening: OpenDocument,
    private readonly reading: ReadDocument,
  ) {}

  @Handle(createDocument)
  async create(@Input() input: InputOf<typeof createDocument>) {
    const document = orThrow(await this.opening.run(input.body, requesterOf(input)));
    return reply(presentDocument(document), { status: 201, etag: etagOf(document.version), location: `/api/v1/documents/${document.id}` });
  }

  @Handle(getDocument)
  async get(@Input() input: InputOf<typeof getDocument>) {
    const document = orThrow(await this.reading.run(input.params.id, tenantOf(input)));
    return reply(presentDocument(document), { etag: etagOf(document.version) });
  }
}

/** An operator of no tenant has none to open anything in. */
function tenantOf({ tenantId }: { readonly tenantId: string }): string {
  if (tenantId === '') throw new ProblemError('permission_denied', 'This belongs to a tenant');
  return tenantId;
}

function requesterOf(input: InputOf<typeof createDocument>): Requester {
  const { principal, request } = input;
  return {
    tenantId: tenantOf(input),
    actor: { kind: principal.kind, id: principal.id },
    from: { ip: request.ip, request_id: request.id },
  };
}
