import { createRequire } from 'node:module';
import type { ObjectStore } from './object-store';
import type { S3Options } from './s3-object-store';

const load = createRequire(__filename);

/** The vendor's library is large, and most small installations keep their files in a folder: it is loaded only here. */
export function openS3Store(options: S3Options): ObjectStore {
  const { S3ObjectStore } = load('./s3-object-store') as typeof import('./s3-object-store');
  return new S3ObjectStore(options);
}
