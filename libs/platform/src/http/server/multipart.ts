import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { invalid, ProblemError } from '../errors/problem-error';
import type { MultipartBody, MultipartInput, UploadedFile } from '../route/define-route';
import { textFault } from '../validation/hygiene';

const fieldBytes = 65_536;

export class MultipartParts implements MultipartInput {
  constructor(
    readonly files: readonly UploadedFile[],
    readonly fields: Readonly<Record<string, string>>,
  ) {}
}

/** Reads a multipart body part by part. Reading stops at the first byte over a limit. */
export async function readMultipart(request: FastifyRequest, spec: MultipartBody): Promise<MultipartParts> {
  if (!request.isMultipart()) throw new ProblemError('unsupported_media_type', 'Send multipart/form-data.');
  try {
    return await readParts(request, spec);
  } catch (error) {
    // Limits have codes of their own; what the parser throws without one is about a form that is cut short or garbled.
    if (error instanceof ProblemError || (error instanceof Error && 'code' in error)) throw error;
    throw new ProblemError('malformed_request', 'The multipart body is incomplete or not well formed.', { cause: error });
  }
}

async function readParts(request: FastifyRequest, spec: MultipartBody): Promise<MultipartParts> {
  const known = new Set(spec.fields ?? []);
  const files: UploadedFile[] = [];
  const fields: Record<string, string> = {};
  const parts = request.parts({
    limits: {
      fileSize: spec.maxBytes,
      files: spec.files,
      fields: known.size + 1,
      fieldSize: fieldBytes,
      fieldNameSize: 100,
      parts: spec.files + known.size + 1,
      headerPairs: 20,
    },
  });
  for await (const part of parts) {
    const at = `/${part.fieldname}`;
    if (part.type === 'field') {
      if (!known.has(part.fieldname)) throw invalid(at, 'unknown_field', 'This is not known here.');
      if (part.valueTruncated) throw invalid(at, 'too_big', `Is longer than ${fieldBytes} bytes.`);
      const fault = typeof part.value === 'string' ? textFault(part.value) : null;
      if (typeof part.value !== 'string') throw invalid(at, 'invalid_type', 'Must be text.');
      if (fault !== null) throw invalid(at, fault.code, fault.detail);
      if (Object.hasOwn(fields, part.fieldname)) throw invalid(at, 'duplicate', 'Is given more than once.');
      fields[part.fieldname] = part.value;
    } else {
      files.push(await readFile(part, spec, at));
    }
  }
  if (files.length === 0) throw invalid('/file', 'required', 'At least one file is required.');
  return new MultipartParts(files, fields);
}

interface FilePart {
  readonly fieldname: string;
  readonly filename: string;
  readonly mimetype: string;
  toBuffer(): Promise<Buffer>;
}

async function readFile(part: FilePart, spec: MultipartBody, at: string): Promise<UploadedFile> {
  if (spec.accept !== undefined && !spec.accept.includes(part.mimetype)) {
    throw new ProblemError('unsupported_media_type', `A file here is one of ${spec.accept.join(', ')}.`, {
      errors: [{ pointer: at, code: 'unsupported_media_type', detail: 'This type of file is not taken here.' }],
    });
  }
  const bytes = await part.toBuffer();
  return { field: part.fieldname, filename: safeName(part.filename), contentType: part.mimetype, bytes };
}

/** A client's file name is only a label: no folders, no control characters. */
const safeName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '')
    .slice(0, 200);
