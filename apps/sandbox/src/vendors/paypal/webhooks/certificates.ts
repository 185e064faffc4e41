import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { Account } from '../account';
import type { Certificate } from '../objects';
import { bits, identifier, integer, nothing, octets, sequence, set, tagged, time, words, yes } from './der';

const host = 'messageverificationcerts.sandbox.paypal.com';
const years = 10;
const ids = { sha256WithRsa: '1.2.840.113549.1.1.11', country: '2.5.4.6', state: '2.5.4.8', city: '2.5.4.7', organization: '2.5.4.10', commonName: '2.5.4.3', basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15', subjectAltName: '2.5.29.17' } as const;

const nameOf = (parts: readonly (readonly [id: string, text: string])[]): Buffer => sequence(...parts.map(([id, text]) => set(sequence(identifier(id), words(text)))));
const extension = (id: string, critical: boolean, value: Buffer): Buffer => sequence(identifier(id), ...(critical ? [yes] : []), octets(value));

/** An X.509 certificate of version 3 that the key has signed itself. */
function selfSigned(key: KeyObject, publicKey: Buffer, from: Date): Buffer {
  const algorithm = sequence(identifier(ids.sha256WithRsa), nothing);
  const name = nameOf([[ids.country, 'US'], [ids.state, 'California'], [ids.city, 'San Jose'], [ids.organization, 'PayPal, played by the sandbox'], [ids.commonName, host]]);
  const until = new Date(from);
  until.setUTCFullYear(from.getUTCFullYear() + years);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x01;
  const content = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    name,
    sequence(time(from), time(until)),
    name,
    publicKey,
    tagged(0xa3, sequence(extension(ids.basicConstraints, true, sequence()), extension(ids.keyUsage, true, tagged(0x03, Buffer.from([7, 0x80]))), extension(ids.subjectAltName, false, sequence(tagged(0x82, Buffer.from(host)))))),
  );
  return sequence(content, algorithm, bits(sign('sha256', content, key)));
}

const armoured = (der: Buffer): string => `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/gu) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

/** A new key signs from now on; what older ones have signed can still be verified. */
export function renewCertificate(account: Account): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const hex = randomBytes(12).toString('hex');
  // Real time: receivers look at it with their own clocks. A day ago, since those may be slow.
  const from = new Date(Date.now() - 24 * 3_600_000);
  const certificate = account.certificates.put({
    id: `CERT-${hex.slice(0, 8)}-${hex.slice(8, 16)}-${hex.slice(16)}`,
    object: 'certificate',
    created: account.now(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pem: armoured(selfSigned(privateKey, publicKey.export({ type: 'spki', format: 'der' }), from)),
  });
  // Before anything is signed with it: a killed process must still have what receivers will ask for.
  account.flush();
  return certificate;
}

/** The one that signs now; made when it is first needed, since that takes a moment. */
export function certificateOf(account: Account): Certificate {
  const [newest] = account.certificates.newestFirst();
  return newest ?? renewCertificate(account);
}

export const certificateUrl = (account: Account, { id }: Certificate): string => `${account.baseUrl}/v1/notifications/certs/${id}`;
