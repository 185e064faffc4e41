import { createHash, createPrivateKey, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import type { SigningKey } from './cms';
import { bits, explicit, integer, nothing, octets, oid, sequence, setOf, tlv, utf8 } from './der';

const rsaWithSha256 = sequence(oid('1.2.840.113549.1.1.11'), nothing);
const name = sequence(setOf(sequence(oid('2.5.4.10'), utf8('Autobroker'))), setOf(sequence(oid('2.5.4.3'), utf8('Autobroker development seal: vouched for by nobody'))));
const utcTime = (date: string): Buffer => tlv(0x17, Buffer.from(date, 'latin1'));
const extension = (id: string, critical: boolean, value: Buffer): Buffer => sequence(oid(id), ...(critical ? [tlv(0x01, Buffer.from([0xff]))] : []), octets(value));

/** A key of its own and a certificate that says what it is, for machines on which nobody has set one. */
export function makeDevelopmentKey(): string {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(
    explicit(0, integer(2)),
    integer(createHash('sha256').update(spki).digest().subarray(0, 16)),
    rsaWithSha256,
    name,
    sequence(utcTime('250101000000Z'), utcTime('491231235959Z')),
    name,
    spki,
    // Signs, and vouches for nobody.
    explicit(3, sequence(extension('2.5.29.15', true, tlv(0x03, Buffer.from([0x06, 0xc0]))), extension('2.5.29.19', true, sequence()))),
  );
  const certificate = sequence(body, rsaWithSha256, bits(sign('sha256', body, privateKey)));
  const lines = certificate.toString('base64').replaceAll(/.{64}(?=.)/gu, '$&\n');
  return `${privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()}-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** A private key and its certificates, as PEM one after the other. */
export function readKey(pem: string): SigningKey {
  const blocks = pem.replaceAll('\\n', '\n').match(/-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----/gu) ?? [];
  const keyText = blocks.find((block) => block.includes('PRIVATE KEY'));
  const certificates = blocks.filter((block) => block.startsWith('-----BEGIN CERTIFICATE')).map((block) => new X509Certificate(block));
  if (keyText === undefined || certificates[0] === undefined) throw new Error('a private key and its certificate are needed, as PEM');
  const key = createPrivateKey(keyText);
  if (!certificates[0].checkPrivateKey(key)) throw new Error('the first certificate is not that of the private key');
  return { key, certificates };
}
