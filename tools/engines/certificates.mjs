/** Certificate authorities for tests, made anew each time, and what they sign for the servers of this machine. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './support.mjs';

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** @param {string} folder where its files go @param {string} name tells several in one folder apart */
export const makeAuthority = async (folder, name) => {
  const [caKey, caFile] = [join(folder, `${name}-ca.key`), join(folder, `${name}-ca.pem`)];
  await run('openssl', ['req', '-x509', ...newKey, '-days', '2', '-keyout', caKey, '-out', caFile, '-subj', `/CN=${name}`,
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign']);

  /** A certificate for a host name; this machine also by its address. */
  const issue = async (host) => {
    const file = (kind) => join(folder, `${name}-${host}.${kind}`);
    await run('openssl', ['req', '-new', ...newKey, '-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${host}`]);
    await writeFile(file('ext'), `subjectAltName=DNS:${host}${host === 'localhost' ? ',IP:127.0.0.1' : ''}\n`);
    await run('openssl', ['x509', '-req', '-in', file('csr'), '-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-days', '2', '-extfile', file('ext'), '-out', file('pem')]);
    return { keyFile: file('key'), certFile: file('pem') };
  };
  return { caFile, ca: await readFile(caFile, 'utf8'), issue };
};
