export interface PostgresServer {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
  /** The owner of the platform's database: may create schemas and roles, is no superuser. */
  readonly url: string;
  readonly superUrl: string;
  /** The same as `url` through the Unix socket; absent on Windows. */
  readonly socketUrl: string | undefined;
  readonly exited: Promise<{ code: number | null; signal?: string | null; error?: Error }>;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  readonly dataDir: string;
  /** The first port to try; the next free one is taken. */
  readonly port?: number;
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly log?: (line: string) => void;
  readonly database?: string;
  readonly user?: string;
  /** Default: the server is stopped when this process dies, however that happens. */
  readonly dieWithParent?: boolean;
  /** `false` skips fsync while the data folder is made. */
  readonly durable?: boolean;
}

export function startPostgres(options: PostgresOptions): Promise<PostgresServer>;
/** Stops a server of this data folder that an earlier run left, if there is one. */
export function stopLeftover(dataDir: string, log?: (line: string) => void): Promise<void>;
export function realSettings(): Record<string, string | number>;
export const testSettings: Readonly<Record<string, string | number>>;
