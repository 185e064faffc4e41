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

export type DocumentsConfig = ConfigOf<typeof documentsConfig>;
