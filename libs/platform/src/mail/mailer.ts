export interface MailAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

export interface MailMessage {
  /** One address, or several that all see each other. `Name <a@b>` is fine. */
  readonly to: string | readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly replyTo?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly MailAttachment[];
  /** The same id makes the same Message-ID: a mail that is sent twice after a crash is shown once by most readers. */
  readonly id?: string;
}

export interface SentMail {
  readonly messageId: string;
}

/** Sends mail. Resolved means that the next server has taken it over. */
export interface Mailer {
  send(message: MailMessage): Promise<SentMail>;
  /** For health: rejects when mail cannot be sent now. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Nest token of the process's mailer. */
export const mailer: symbol = Symbol.for('autobroker:mailer');

/** The message itself is at fault, or its recipient is: sending it again will not help. */
export class MailRefusedError extends Error {
  override readonly name = 'MailRefusedError';
}

const lineBreak = /[\r\n\u0000\u2028\u2029]/;
const address = /^[^\s@<>(),;:\\"[\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;
const named = /^(?<name>[^<>"]*?|"[^"\\]*")\s*<(?<address>[^<>]+)>$/u;
const headerName = /^x-[a-z0-9-]{1,60}$|^list-unsubscribe(?:-post)?$|^auto-submitted$|^precedence$|^in-reply-to$|^references$/i;

export interface Address {
  readonly name: string;
  readonly address: string;
}

/** Reads one address; anything that could be read as more than one is refused. */
export const parseAddress = (text: string, what = 'address'): Address => {
  if (lineBreak.test(text)) throw new MailRefusedError(`${what} holds a line break`);
  const groups = named.exec(text.trim())?.groups;
  const found = { name: (groups?.name ?? '').trim().replace(/^"|"$/g, ''), address: (groups?.address ?? text).trim() };
  if (!address.test(found.address) || found.address.length > 254) throw new MailRefusedError(`${what} is no e-mail address`);
  return found;
};

export interface CheckedMail {
  readonly to: readonly Address[];
  readonly replyTo: Address | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a hostile value could do here is add a header or a recipient; so nothing with a line break goes into one. */
export const checkMail = (message: MailMessage): CheckedMail => {
  const recipients = typeof message.to === 'string' ? [message.to] : message.to;
  if (recipients.length === 0) throw new MailRefusedError('there is no recipient');
  if (lineBreak.test(message.subject)) throw new MailRefusedError('subject holds a line break');
  const headers = message.headers ?? {};
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name)) throw new MailRefusedError(`header ${JSON.stringify(name)} may not be set`);
    if (lineBreak.test(value)) throw new MailRefusedError(`header ${name} holds a line break`);
  }
  for (const { name, contentType } of message.attachments ?? []) {
    if (lineBreak.test(name) || lineBreak.test(contentType)) throw new MailRefusedError('attachment name or type holds a line break');
  }
  return {
    to: recipients.map((recipient) => parseAddress(recipient, 'recipient')),
    replyTo: message.replyTo === undefined ? undefined : parseAddress(message.replyTo, 'reply-to'),
    headers,
  };
};
