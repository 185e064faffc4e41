import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';
import { z } from 'zod';

export const documentsConfig = defineConfig('documents', {
  orderUrl: {
    env: 'ORDER_URL',
    schema: z.url().optional(),
    description: 'Where the order service answers; this platform’s own address when absent',
    default: undefined,
  },
  linkSeconds: {
    env: 'DOCUMENT_LINK_S',
    schema: env.int({ min: 10, max: 3_600 }),
    description: 'How many seconds the address of a document’s file is good for',
    default: 300,
  },
});

/** What the platform puts its own signature under signed copies with. */
export const sealConfig = defineConfig('document-seal', {
  signingKey: {
    env: 'DOCUMENT_SIGNING_KEY',
    schema: z.string().min(1),
    description: 'RSA key that signed copies are sealed with (PAdES): PEM with its certificates after it, or the base64 of its PKCS #8 alone, for which a certificate is made that nobody vouches for; without it a development key is made and kept in AUTOBROKER_DATA',
    secret: true,
    default: 'development',
  },
});

export type SealConfig = ConfigOf<typeof sealConfig>;

export type DocumentsConfig = ConfigOf<typeof documentsConfig>;

/** The service that asks people without an account for their signature. */
export const signatureConfig = defineConfig('signatures', {
  sandboxUrl: {
    env: 'SANDBOX_URL',
    schema: env.url({ protocols: ['http', 'https'] }).optional(),
    description: 'Front page of the sandbox, which says where its stand-ins for the vendors are; refused in production',
    default: undefined,
  },
  url: {
    env: 'SKRIBBLE_API_URL',
    schema: env.url({ protocols: ['http', 'https'] }).optional(),
    description: 'Address of Skribble; its own when only a key is set, else the sandbox’s stand-in; refused in production where it leads into this network',
    default: undefined,
  },
  username: { env: 'SKRIBBLE_USERNAME', schema: z.string().min(1).optional(), description: 'User of Skribble’s API', default: undefined },
  apiKey: { env: 'SKRIBBLE_API_KEY', schema: z.string().min(1).optional(), description: 'Key for Skribble; without one the sandbox answers, and in production nobody', secret: true, default: undefined },
  quality: { env: 'SKRIBBLE_QUALITY', schema: z.enum(['SES', 'AES_MINIMAL', 'AES', 'QES']), description: 'Which kind of signature under eIDAS is asked for', default: 'SES' },
});

export type SignatureConfig = ConfigOf<typeof signatureConfig>;
