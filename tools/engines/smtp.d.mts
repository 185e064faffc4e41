import type { EngineServer } from './support.mjs';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string[];
  readonly tls: boolean;
  readonly user: string | null;
  readonly raw: Buffer;
}
export interface SmtpServer extends EngineServer {
  readonly url: string;
  /** With a login, which the server takes only after STARTTLS. */
  readonly secureUrl: string;
  /** The authority of the server's certificate. */
  readonly ca: string | undefined;
  inbox(): Promise<ReceivedMail[]>;
}
export declare function startSmtp(): Promise<SmtpServer>;
