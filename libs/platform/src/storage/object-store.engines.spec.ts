import { randomUUID } from 'node:crypto';
import { startS3, type S3Server } from '../../../../tools/engines/s3.mjs';
import { ObjectStoreAwayError } from './object-store';
import { objectStoreSuite } from './object-store.suite';
import { S3ObjectStore } from './s3-object-store';

let server: S3Server | undefined;
const storeIn = (bucket: string, createBucket: boolean): S3ObjectStore => {
  if (server === undefined) throw new Error('the server is not started');
  const { endpoint, region, accessKeyId, secretAccessKey } = server;
  return new S3ObjectStore({ bucket, region, endpoint, credentials: { accessKeyId, secretAccessKey }, createBucket, timeoutMs: 5_000 });
};

objectStoreSuite('on an S3 server', async () => {
  server = await startS3();
  const store = storeIn(`spec-${randomUUID()}`, true);
  return {
    store,
    close: async () => {
      store.close();
      await server?.dispose();
    },
  };
});

describe('an S3 store', () => {
  beforeAll(async () => {
    server = await startS3();
  }, 300_000);
  afterAll(() => server?.dispose());

  it('says so when its bucket is missing', async () => {
    await expect(storeIn('no-such-bucket', false).check()).rejects.toThrow(/does not exist/);
  });

  it('makes its bucket with the first files, however many come at once', async () => {
    const store = storeIn(`spec-${randomUUID()}`, true);
    await Promise.all(['a', 'b', 'c'].map((key) => store.put(key, Buffer.from(key), { contentType: 'text/plain' })));
    expect(await store.head('c')).toMatchObject({ size: 1 });
    await expect(storeIn('no-such-bucket', false).put('a', Buffer.from('a'), { contentType: 'text/plain' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('fails while the server is away, and works when it is back', async () => {
    const store = storeIn(`spec-${randomUUID()}`, true);
    await store.check();
    await store.put('k', Buffer.from('kept'), { contentType: 'text/plain' });
    await server?.stop();
    await expect(store.head('k')).rejects.toThrow(ObjectStoreAwayError);
    await server?.start();
    expect(await store.head('k')).toMatchObject({ size: 4 });
  });
});
