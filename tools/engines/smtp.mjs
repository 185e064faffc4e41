/**
 * A real mail server for tests: aiosmtpd, which accepts everything for anybody but `nobody@` (refused) and `later@` (told to
 * come back), offers STARTTLS and logins, and keeps what it accepted. `ENGINES_SMTP_URL` names another server instead;
 * then only what needs no look into its inbox can be tested.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, foreignServer, freePort, once, onPath, run, scratch, serverProcess } from './support.mjs';

const version = '1.4.6';

const python = () => {
  const found = onPath('python3', ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']);
  if (found === undefined) throw new Error('no mail server: give ENGINES_SMTP_URL, or install Python 3');
  return found;
};

const library = async () => {
  const target = join(await cacheFolder('aiosmtpd'), version);
  return once(target, (folder) => run(python(), ['-m', 'pip', 'install', '--quiet', '--no-input', '--target', folder, `aiosmtpd==${version}`]));
};

/** A certificate of our own for localhost, made anew each time. */
const certificate = async (folder) => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  await run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', key, '-out', cert,
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']);
  return { key, cert };
};

export const startSmtp = async () => {
  const given = process.env.ENGINES_SMTP_URL;
  if (given !== undefined && given !== '') {
    return { url: given, secureUrl: given, ca: undefined, owned: false, inbox: async () => [], ...foreignServer() };
  }
  const folder = await scratch('smtp');
  const inbox = join(folder, 'inbox');
  await mkdir(inbox);
  const [packages, { key, cert }, port] = await Promise.all([library(), certificate(folder), freePort()]);
  const server = serverProcess({
    name: 'smtp',
    command: python(),
    args: [join(dirname(fileURLToPath(import.meta.url)), 'smtp-server.py'), JSON.stringify({ port, inbox, key, cert })],
    env: { PYTHONPATH: packages },
    port,
    folder,
  });
  await server.start();
  const messages = async () => {
    const names = (await readdir(inbox)).filter((name) => name.endsWith('.json'));
    return Promise.all(
      names.map(async (name) => ({
        ...JSON.parse(await readFile(join(inbox, name), 'utf8')),
        raw: await readFile(join(inbox, name.replace(/json$/, 'eml'))),
      })),
    );
  };
  return {
    url: `smtp://127.0.0.1:${port}`,
    secureUrl: `smtp://engines:${encodeURIComponent('engines p@ss')}@localhost:${port}`,
    ca: await readFile(cert, 'utf8'),
    owned: true,
    inbox: messages,
    ...server,
  };
};
