import { createTransport, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { compose } from './compose';
import { MailRefusedError, type Mailer, type MailMessage, type SentMail } from './mailer';

export interface SmtpOptions {
  /** smtp://user:password@host:port or smtps://…; wins over the single settings. */
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** `required` refuses to send in the clear; `available` takes STARTTLS when it is offered. */
  readonly tls: 'required' | 'available' | 'off';
  /** A certificate authority to trust besides the usual ones, as PEM. */
  readonly ca?: string | undefined;
  readonly from: string;
  readonly timeoutMs?: number | undefined;
  readonly connections?: number | undefined;
}

interface Server {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

const serverOf = (options: SmtpOptions): Server => {
  if (options.url === undefined) {
    const port = options.port ?? 587;
    return { host: options.host ?? 'localhost', port, secure: port === 465, user: options.user, password: options.password };
  }
  const url = new URL(options.url);
  const secure = url.protocol === 'smtps:';
  const part = (text: string): string | undefined => (text === '' ? undefined : decodeURIComponent(text));
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    user: part(url.username) ?? options.user,
    password: part(url.password) ?? options.password,
  };
};

export class SmtpMailer implements Mailer {
  private readonly transport: Transporter<SMTPPool.SentMessageInfo>;
  private readonly from: string;

  constructor(options: SmtpOptions) {
    const server = serverOf(options);
    const timeout = options.timeoutMs ?? 15_000;
    this.from = options.from;
    this.transport = createTransport({
      pool: true,
      maxConnections: options.connections ?? 3,
      maxMessages: 100,
      host: server.host,
      port: server.port,
      secure: server.secure,
      requireTLS: options.tls === 'required' && !server.secure,
      ignoreTLS: options.tls === 'off',
      tls: { minVersion: 'TLSv1.2', ...(options.ca === undefined ? {} : { ca: options.ca }) },
      ...(server.user === undefined ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout * 2,
      dnsTimeout: timeout,
    });
  }

  async send(message: MailMessage): Promise<SentMail> {
    const composed = compose(message, this.from);
    try {
      const info = await this.transport.sendMail(composed);
      // One of several recipients may be refused while the others get it: that must not pass for done.
      if (info.rejected.length > 0) throw new MailRefusedError(`${info.rejected.length} of the recipients refused`);
      return { messageId: composed.messageId };
    } catch (error) {
      throw translate(error);
    }
  }

  async check(): Promise<void> {
    await this.transport.verify();
  }

  async close(): Promise<void> {
    this.transport.close();
    await Promise.resolve();
  }
}

/** A 5xx answer to the recipient or the message is final; anything else may work later. */
const translate = (error: unknown): unknown => {
  if (typeof error !== 'object' || error === null || !('responseCode' in error) || !('command' in error)) return error;
  const { responseCode, command } = error;
  const final = typeof responseCode === 'number' && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return final ? new MailRefusedError(`the mail server refused the message (${responseCode} to ${command})`, { cause: error }) : error;
};
