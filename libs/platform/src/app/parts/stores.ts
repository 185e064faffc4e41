import { join } from 'node:path';
import { apiPrefix } from '../../http';
import { FileMailer, SmtpMailer, type Mailer, type MailSettings } from '../../mail';
import { FileObjectStore, ObjectLinks, openS3Store, type ObjectStore, type StorageSettings } from '../../storage';
import type { AppSettings } from '../config';

/** Signed addresses of a folder's objects lead to this platform itself. */
export function openLinks(settings: StorageSettings, { publicUrl, port }: AppSettings): ObjectLinks {
  const base = (publicUrl ?? `http://localhost:${port}`).replace(/\/+$/, '');
  return new ObjectLinks(settings.urlSecret, `${base}${apiPrefix}`);
}

/** A bucket where one is named, else a folder. */
export function openObjects(settings: StorageSettings, links: ObjectLinks, { dataFolder }: AppSettings): ObjectStore {
  const { bucket, endpoint, region, accessKeyId, secretAccessKey, createBucket, pathStyle } = settings;
  if (bucket === undefined && endpoint === undefined) return new FileObjectStore(join(dataFolder, 'objects'), links);
  const credentials = accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
  return openS3Store({ bucket: bucket ?? 'autobroker', endpoint, region, credentials, createBucket, pathStyle });
}

/** A mail server where one is named, else files that any mail program opens. */
export function openMailer(settings: MailSettings, { dataFolder }: AppSettings): Mailer {
  const { url, host, from } = settings;
  return url === undefined && host === undefined ? new FileMailer(join(dataFolder, 'mail'), from) : new SmtpMailer(settings);
}
