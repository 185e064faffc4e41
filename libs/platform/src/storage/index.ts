export {
  checkKey,
  ObjectExistsError, ObjectStoreAwayError,
  ObjectKeyError,
  objectStore,
  putOnce,
  type ByteRange,
  type ObjectInfo,
  type ObjectStore,
  type PutOptions,
  type SignOptions,
  type StoredObject,
} from './object-store';
export { FileObjectStore } from './file-object-store';
export { openS3Store } from './open-s3';
export type { S3Options } from './s3-object-store';
export { ObjectLinks, type LinkVerdict } from './object-links';
export { ObjectServer, parseRange, type ObjectAnswer, type ObjectRequest } from './object-server';
export { storageConfig, type StorageSettings } from './storage.config';
export { getObject, ObjectsController } from './objects.controller';
