import { readRecord } from '../../../shared/records';
import type { Hash } from './reading';

export interface Form {
  /** What its JSON part says. */
  readonly json: Hash;
  /** The names of the files that came along. */
  readonly files: readonly string[];
}

/** A body of several parts: JSON in one of them, files in the others. Null for any other body. */
export function formOf(body: Buffer, contentType: string): Form | null {
  const boundary = /^multipart\/(?:form-data|related|mixed);.*boundary="?([^";]+)"?/iu.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const files: string[] = [];
  let json: Hash = {};
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const name = /filename="([^"]*)"/iu.exec(head)?.[1];
    if (name !== undefined && name !== '' && !/\sname="input"/iu.test(head)) {
      files.push(Buffer.from(name, 'latin1').toString('utf8'));
      continue;
    }
    const text = Buffer.from(rest.join('\r\n\r\n'), 'latin1').toString('utf8').trim();
    json = { ...json, ...readRecord(text) };
  }
  return { json, files };
}
