/**
 * A real S3-compatible server for tests: the one at `ENGINES_S3_ENDPOINT` (with `ENGINES_S3_ACCESS_KEY_ID` and
 * `ENGINES_S3_SECRET_ACCESS_KEY`), an installed `versitygw`, or that one built from the Go module proxy.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, foreignServer, freePort, once, onPath, run, scratch, serverProcess } from './support.mjs';

const module = 'github.com/versity/versitygw/cmd/versitygw';
const version = 'v1.8.0';

const findBinary = async () => {
  const installed = onPath('versitygw');
  if (installed !== undefined) return installed;
  const target = join(await cacheFolder('versitygw'), version);
  await once(target, async (folder) => {
    const go = onPath('go', ['/usr/local/go/bin', '/usr/lib/go/bin', join(homedir(), 'go', 'bin')]);
    if (go === undefined) throw new Error('no S3 server: give ENGINES_S3_ENDPOINT, or install versitygw or Go');
    await run(go, ['install', `${module}@${version}`], { env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' }, maxBuffer: 64 * 1024 * 1024 });
    // Some systems put the program into a folder named for the platform.
    if (!existsSync(join(folder, 'versitygw'))) {
      const [inner] = await readdir(folder);
      if (inner !== undefined) await rename(join(folder, inner, 'versitygw'), join(folder, 'versitygw'));
    }
  });
  return join(target, 'versitygw');
};

export const startS3 = async () => {
  const given = process.env.ENGINES_S3_ENDPOINT;
  if (given !== undefined && given !== '') {
    return {
      endpoint: given,
      region: process.env.ENGINES_S3_REGION ?? 'us-east-1',
      accessKeyId: process.env.ENGINES_S3_ACCESS_KEY_ID ?? '',
      secretAccessKey: process.env.ENGINES_S3_SECRET_ACCESS_KEY ?? '',
      owned: false,
      ...foreignServer(),
    };
  }
  const command = await findBinary();
  const port = await freePort();
  const folder = await scratch('s3');
  const [data, sidecar] = [join(folder, 'data'), join(folder, 'sidecar')];
  await Promise.all([mkdir(data), mkdir(sidecar)]);
  const [accessKeyId, secretAccessKey] = ['engines', 'engines-secret-key'];
  const server = serverProcess({
    name: 's3',
    command,
    port,
    folder,
    // The sidecar holds what the file system's extended attributes would: a temporary folder may have none.
    args: ['--port', `127.0.0.1:${port}`, '--access', accessKeyId, '--secret', secretAccessKey, '--quiet', 'posix', '--sidecar', sidecar, data],
  });
  await server.start();
  return { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', accessKeyId, secretAccessKey, owned: true, ...server };
};
