import { createHash, type KeyObject, sign, type X509Certificate } from 'node:crypto';
import { explicit, integer, nothing, octets, oid, sequence, setOf, tlv, valuesIn } from './der';

export interface SigningKey {
  readonly key: KeyObject;
  /** The key's own first, then those that vouch for it. */
  readonly certificates: readonly X509Certificate[];
}

const ids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.1',
} as const;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Who issued a certificate and under which number, as they stand in it. */
function issuerAndSerial(certificate: X509Certificate): { readonly issuer: Buffer; readonly serial: Buffer } {
  const [whole] = valuesIn(certificate.raw);
  const [signed] = valuesIn(whole?.content ?? Buffer.alloc(0));
  const fields = valuesIn(signed?.content ?? Buffer.alloc(0)).filter(({ tag }) => tag !== 0xa0);
  const [serial, , issuer] = fields;
  if (serial === undefined || issuer === undefined) throw new Error('this is no certificate');
  return { issuer: issuer.whole, serial: serial.whole };
}

/**
 * A detached signature (CMS, RFC 5652) over content of this hash, with the attributes that PAdES baseline B asks for
 * (ETSI EN 319 142-1): what is signed, and by which certificate. The time stands in the PDF.
 */
export function signDetached(contentSha256: Uint8Array, { key, certificates }: SigningKey): Buffer {
  const [own] = certificates;
  if (own === undefined || !own.checkPrivateKey(key)) throw new Error('the certificate is not that of the signing key');
  const { issuer, serial } = issuerAndSerial(own);
  const attribute = (id: string, value: Buffer): Buffer => sequence(oid(id), setOf(value));
  const certificateId = sequence(octets(sha256(own.raw)), sequence(sequence(tlv(0xa4, issuer)), serial));
  const attributes = [
    attribute(ids.contentType, oid(ids.data)),
    attribute(ids.messageDigest, octets(contentSha256)),
    attribute(ids.signingCertificateV2, sequence(sequence(certificateId))),
  ];
  const signed = setOf(...attributes);
  const [{ content } = { content: Buffer.alloc(0) }] = valuesIn(signed);
  const digest = sequence(oid(ids.sha256), nothing);
  const signer = sequence(integer(1), sequence(issuer, serial), digest, explicit(0, content), sequence(oid(ids.rsa), nothing), octets(sign('sha256', signed, key)));
  const signedData = sequence(integer(1), setOf(digest), sequence(oid(ids.data)), explicit(0, ...certificates.map(({ raw }) => raw)), setOf(signer));
  return sequence(oid(ids.signedData), explicit(0, signedData));
}
