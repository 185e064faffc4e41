import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { compose } from './compose';
import type { Mailer, MailMessage, SentMail } from './mailer';

/** Writes each mail into a folder as an `.eml` file that any mail program opens: for a machine without a mail server. */
export class FileMailer implements Mailer {
  private readonly transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {}

  async send(message: MailMessage): Promise<SentMail> {
    const composed = compose(message, this.from);
    const { message: raw } = await this.transport.sendMail(composed);
    await mkdir(this.folder, { recursive: true });
    // Sorts by time; whoever watches the folder sees only complete files.
    const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`;
    const draft = join(this.folder, `.${name}`);
    if (!Buffer.isBuffer(raw)) throw new Error('the mail was not composed into a buffer');
    await writeFile(draft, raw, { flag: 'wx', mode: 0o600, flush: true });
    await rename(draft, join(this.folder, name));
    return { messageId: composed.messageId };
  }

  async check(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await access(this.folder, constants.W_OK);
  }

  async close(): Promise<void> {
    this.transport.close();
    await Promise.resolve();
  }
}
