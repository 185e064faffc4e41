import { createHash, randomUUID } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { checkMail, parseAddress, type MailMessage } from './mailer';

/** The same for every transport, so that what a test reads from a file is what a recipient gets. */
export const compose = (message: MailMessage, from: string): SendMailOptions & { messageId: string } => {
  const { to, replyTo, headers } = checkMail(message);
  const sender = parseAddress(from, 'sender');
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1);
  const local = message.id === undefined ? randomUUID() : createHash('sha256').update(message.id).digest('hex').slice(0, 32);
  return {
    from: sender,
    to: [...to],
    ...(replyTo === undefined ? {} : { replyTo }),
    subject: message.subject,
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    headers: { 'Auto-Submitted': 'auto-generated', ...headers },
    messageId: `<${local}@${domain}>`,
    attachments: (message.attachments ?? []).map(({ name, contentType, content }) => ({ filename: name, contentType, content })),
    // Templates are ours, but what is filled into them is not: nothing may be fetched or read while composing.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
};
