import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, orThrow, reply } from '@autobroker/platform/http';
import { ReadDocuments } from '../application/read-documents';
import { RequestSignatures } from '../application/request-signatures';
import { readerOf, signerOf } from './caller';
import { listSignatureRequests, requestSignature } from './routes/document.routes';
import { presentRequest } from './schemas/document';

@Controller()
export class SignatureRequestsController {
  constructor(
    private readonly reading: ReadDocuments,
    private readonly requests: RequestSignatures,
  ) {}

  @Handle(listSignatureRequests)
  async list(@Input() input: InputOf<typeof listSignatureRequests>) {
    orThrow(await this.reading.one(input.params.id, readerOf(input)));
    return reply((await this.requests.list(input.params.id, signerOf(input))).map(presentRequest));
  }

  @Handle(requestSignature)
  async ask(@Input() input: InputOf<typeof requestSignature>) {
    const { role, name, email } = input.body;
    return reply(presentRequest(orThrow(await this.requests.ask(input.params.id, role, { name, email }, signerOf(input)))), { status: 202 });
  }
}
