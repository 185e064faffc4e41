import { Controller, Inject } from '@nestjs/common';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { publicRoute } from '../auth';
import { defineRoute, Handle, Input, noContent, ProblemError, stream, type InputOf } from '../http';
import { ObjectServer } from './object-server';

export const getObject = defineRoute({
  method: 'GET',
  path: '/objects/:token',
  tag: 'files',
  summary: 'A file, by its signed address',
  description: 'The token stands for one file until it expires. Takes one Range, If-Range and If-None-Match.',
  access: publicRoute(),
  params: z.strictObject({ token: z.string().min(1).max(2_000) }),
  response: { status: 200, raw: '*/*', description: 'The file; 206 with a part of it when a Range was asked for' },
  errors: ['signature_invalid', 'not_found', 'range_not_satisfiable'],
  timeoutMs: null,
});

@Controller()
export class ObjectsController {
  constructor(@Inject(ObjectServer) private readonly objects: ObjectServer) {}

  @Handle(getObject)
  async get(@Input() { params, headers, request }: InputOf<typeof getObject>) {
    const answer = await this.objects.serve(params.token, {
      method: request.method === 'HEAD' ? 'HEAD' : 'GET',
      range: headers.range,
      ifRange: headers['if-range']?.toString(),
      ifNoneMatch: headers['if-none-match'],
    });
    if (answer.kind === 'refused') throw new ProblemError(answer.code);
    if (answer.kind === 'range_not_satisfiable') {
      throw new ProblemError('range_not_satisfiable', undefined, { headers: { 'content-range': `bytes */${answer.size}` } });
    }
    const { 'content-type': contentType = 'application/octet-stream', ...rest } = answer.headers;
    if (answer.status === 304) return noContent({ status: 304, headers: rest });
    // An empty stream for HEAD: the length that is told is that of the file.
    return stream(answer.body ?? Readable.from([]), contentType, { status: answer.status, headers: rest });
  }
}
