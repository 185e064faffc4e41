import { defineConfig, env, type ConfigOf } from '../config';

export const storageConfig = defineConfig('storage', {
  bucket: { env: 'S3_BUCKET', schema: env.text({ max: 63 }).optional(), description: 'Bucket for files; without it they are kept in a folder of AUTOBROKER_DATA', default: undefined },
  endpoint: {
    env: 'S3_ENDPOINT',
    schema: env.url({ protocols: ['http', 'https'] }).optional(),
    description: 'Address of an S3-compatible store; AWS itself when absent',
    default: undefined,
  },
  region: { env: 'S3_REGION', schema: env.text(), description: 'Region of the bucket', default: 'us-east-1' },
  accessKeyId: { env: 'S3_ACCESS_KEY_ID', schema: env.text().optional(), description: 'Key of the store; what the environment provides (role, profile) when absent', default: undefined },
  secretAccessKey: { env: 'S3_SECRET_ACCESS_KEY', schema: env.text().optional(), description: 'Secret of the key', secret: true, default: undefined },
  pathStyle: {
    env: 'S3_PATH_STYLE',
    schema: env.bool().optional(),
    description: 'Whether the bucket stands in the path rather than in the host name; yes with S3_ENDPOINT unless told',
    default: undefined,
  },
  createBucket: { env: 'S3_CREATE_BUCKET', schema: env.bool(), description: 'Whether a missing bucket is created', default: false },
  urlSecret: {
    env: 'OBJECT_URL_SECRET',
    schema: env.text({ min: 16 }),
    description: 'Signs the addresses of files that are kept in a folder; the same in every process of an installation',
    secret: true,
    default: 'development-object-url-secret',
  },
});

export type StorageSettings = ConfigOf<typeof storageConfig>;
