export {
  mailer,
  MailRefusedError,
  parseAddress,
  type MailAttachment,
  type Mailer,
  type MailMessage,
  type SentMail,
} from './mailer';
export { FileMailer } from './file-mailer';
export { SmtpMailer, type SmtpOptions } from './smtp-mailer';
export { mailConfig, type MailSettings } from './mail.config';
