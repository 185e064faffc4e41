export interface ServerCertificate {
  readonly keyFile: string;
  readonly certFile: string;
}
export interface Authority {
  readonly caFile: string;
  /** The same as PEM. */
  readonly ca: string;
  issue(host: string): Promise<ServerCertificate>;
}
export declare function makeAuthority(folder: string, name: string): Promise<Authority>;
