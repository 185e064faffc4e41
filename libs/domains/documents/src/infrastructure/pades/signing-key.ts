import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import type { SigningKey } from './cms';
import { bits, explicit, integer, nothing, octets, oid, sequence, setOf, tlv, utf8 } from './der';

const rsaWithSha256 = sequence(oid('1.2.840.113549.1.1.11'), nothing);
const name = sequence(setOf(sequence(oid('2.5.4.10'), utf8('Autobroker'))), setOf(sequence(oid('2.5.4.3'), utf8('Autobroker document seal'))));
const utcTime = (date: string): Buffer => tlv(0x17, Buffer.from(date, 'latin1'));
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), tlv(0x01, Buffer.from([0xff])), octets(value));

/** Of a key that nobody vouches for, by itself: the same key has the same certificate. */
function certificateOf(key: KeyObject): X509Certificate {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const body = sequence(
    explicit(0, integer(2)),
    integer(createHash('sha256').update(spki).digest().subarray(0, 16)),
    rsaWithSha256,
    name,
    sequence(utcTime('250101000000Z'), utcTime('491231235959Z')),
    name,
    spki,
    // It signs and can't be gone back on (key usage), and vouches for nobody (basic constraints).
    explicit(3, sequence(extension('2.5.29.15', tlv(0x03, Buffer.from([0x06, 0xc0]))), extension('2.5.29.19', sequence()))),
  );
  return new X509Certificate(sequence(body, rsaWithSha256, bits(sign('sha256', body, key))));
}

/** A private key with its certificates, as PEM one after the other; or the base64 of its PKCS #8 alone. */
export function readSigningKey(text: string): SigningKey {
  const blocks = text.replaceAll('\\n', '\n').match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/gu) ?? [];
  const pem = blocks.find((block) => block.includes('PRIVATE KEY'));
  const key = pem === undefined ? createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }) : createPrivateKey(pem);
  // Its signatures are the same each time, and so is a file that is written once more.
  if (key.asymmetricKeyType !== 'rsa') throw new Error('documents are sealed with an RSA key');
  const given = blocks.filter((block) => block.startsWith('-----BEGIN CERTIFICATE')).map((block) => new X509Certificate(block));
  const certificates = given.length === 0 ? [certificateOf(key)] : given;
  if (certificates[0]?.checkPrivateKey(key) !== true) throw new Error('the first certificate is not that of the private key');
  return { key, certificates };
}
