import { get, text as answer, type Route } from '../../shared/exchange';
import type { Account } from './account';
import { missing, invalid } from './core/errors';
import { listRows } from './core/lists';
import { text } from './core/params';
import type { Call, Endpoint } from './core/routes';
import type { StoredFile } from './objects';

const largest = 5 * 1_024 * 1_024;
const purposes = new Set(['account_requirement', 'additional_verification', 'business_icon', 'business_logo', 'customer_signature', 'dispute_evidence', 'identity_document', 'pci_document', 'tax_document_user_upload']);

interface Part {
  readonly name: string;
  readonly filename: string | null;
  readonly type: string;
  readonly content: Buffer;
}

/** The parts of a multipart body. */
function partsOf(body: Buffer, contentType: string): readonly Part[] {
  const boundary = /boundary="?([^";]+)"?/u.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const parts: Part[] = [];
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at >= 0) {
    const end = body.indexOf(mark, at + mark.length);
    if (end < 0) break;
    const part = body.subarray(at + mark.length + 2, end - 2);
    const split = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, Math.max(0, split)).toString('utf8');
    const name = /\bname="([^"]*)"/u.exec(head)?.[1];
    if (name !== undefined) parts.push({ name, filename: /\bfilename="([^"]*)"/u.exec(head)?.[1] ?? null, type: /content-type: *([^\r\n]+)/iu.exec(head)?.[1] ?? 'text/plain', content: Buffer.from(part.subarray(split + 4)) });
    at = end;
  }
  return parts;
}

const create = ({ account, body, contentType }: Call): StoredFile => {
  const parts = partsOf(body, contentType);
  const purpose = parts.find((part) => part.name === 'purpose')?.content.toString('utf8');
  const file = parts.find((part) => part.name === 'file');
  if (purpose === undefined) throw invalid('Missing required param: purpose.', { code: 'parameter_missing', param: 'purpose' });
  if (!purposes.has(purpose)) throw invalid(`Invalid purpose: ${purpose}`, { param: 'purpose' });
  if (file === undefined) throw invalid('Missing required param: file.', { code: 'parameter_missing', param: 'file' });
  if (file.content.length > largest) throw invalid('File is too large.', { param: 'file' });
  const id = account.id('file');
  return account.files.put({
    id,
    object: 'file',
    created: account.now(),
    expires_at: null,
    filename: file.filename ?? 'file',
    links: { object: 'list', data: [], has_more: false, url: `/v1/file_links?file=${id}` },
    purpose,
    size: file.content.length,
    title: null,
    type: /\.(\w+)$/u.exec(file.filename ?? '')?.[1] ?? file.type.split('/').at(-1) ?? 'bin',
    url: `${account.baseUrl}/v1/files/${id}/contents`,
    _content: file.content.toString('base64'),
  });
};

const kinds: Readonly<Record<string, string>> = { csv: 'text/csv', jpg: 'image/jpeg', jpeg: 'image/jpeg', pdf: 'application/pdf', png: 'image/png' };

/** What was sent, as it was: the one answer that is no JSON. */
export const fileContents = (account: Account, secretKey: string): Route =>
  get('/v1/files/:id/contents', ({ params, headers }) => {
    const allowed = [`Bearer ${secretKey}`, `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`].includes(headers.authorization ?? '');
    const found = allowed ? account.files.get(params['id'] ?? '') : undefined;
    if (found === undefined) return answer('text/plain', allowed ? 'No such file' : 'Not allowed', { status: allowed ? 404 : 401 });
    return answer(kinds[found.type] ?? 'application/octet-stream', Buffer.from(found._content, 'base64'));
  });

export const fileEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/files', create],
  ['GET', '/v1/files', ({ account, raw }) => listRows({ table: account.files, url: '/v1/files', noun: 'file', filters: { purpose: text() }, fits: (row, given) => given.purpose === undefined || row.purpose === given.purpose }, raw)],
  ['GET', '/v1/files/:id', ({ account, params }) => {
    const found = account.files.get(params['id'] ?? '');
    if (found === undefined) throw missing('file upload', params['id'] ?? '', 'file');
    return found;
  }],
];
