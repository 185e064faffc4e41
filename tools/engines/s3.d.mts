import type { EngineServer } from './support.mjs';

export interface S3Server extends EngineServer {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
export declare function startS3(): Promise<S3Server>;
