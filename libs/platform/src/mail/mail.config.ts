import { defineConfig, env, type ConfigOf } from '../config';

export const mailConfig = defineConfig('mail', {
  url: {
    env: 'SMTP_URL',
    schema: env.url({ protocols: ['smtp', 'smtps'] }).optional(),
    description: 'Mail server, with user and password where it wants them; without it and SMTP_HOST mails become files in AUTOBROKER_DATA',
    secret: true,
    default: undefined,
  },
  host: { env: 'SMTP_HOST', schema: env.text().optional(), description: 'Mail server, instead of SMTP_URL', default: undefined },
  port: { env: 'SMTP_PORT', schema: env.int({ min: 1, max: 65_535 }), description: 'Port of SMTP_HOST; 465 speaks TLS from the start', default: 587 },
  user: { env: 'SMTP_USER', schema: env.text().optional(), description: 'User at the mail server', default: undefined },
  password: { env: 'SMTP_PASSWORD', schema: env.text().optional(), description: 'Password at the mail server', secret: true, default: undefined },
  tls: {
    env: 'SMTP_TLS',
    schema: env.oneOf(['required', 'available', 'off']),
    description: 'required: nothing is sent in the clear; available: encrypted where the server offers it',
    default: 'available',
  },
  ca: { env: 'SMTP_CA', schema: env.text().optional(), description: 'Certificate authority of the mail server, as PEM', default: undefined },
  timeoutMs: { env: 'SMTP_TIMEOUT', schema: env.duration({ min: 100 }), description: 'How long the mail server may take to answer', default: 15_000 },
  from: { env: 'MAIL_FROM', schema: env.text({ max: 300 }), description: 'Sender of every mail', default: 'Autobroker <no-reply@autobroker.example>' },
});

export type MailSettings = ConfigOf<typeof mailConfig>;
