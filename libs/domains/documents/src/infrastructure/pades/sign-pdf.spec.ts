import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@autobroker/platform/config';
import { sealConfig } from '../../application/config';
import { renderSample } from '../../testing/render-sample';
import { valuesIn } from './der';
import { signPdf } from './sign-pdf';
import { readSigningKey } from './signing-key';

const text = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
const key = readSigningKey(text);
const details = { at: new Date('2026-11-25T10:15:00Z'), reason: 'PC-2026-000001 v1 „Kaufvertrag“', by: 'Größmann & Söhne KG (München)' };
const sealed = async () => {
  const { pdf } = await renderSample('purchase_contract');
  return { pdf, signed: signPdf(pdf, details, key) };
};

/** Read anew, by what the file says itself: the bytes that are signed, and the signature. */
function readSignature(signed: Buffer) {
  const [, a, b, c] = (/\/ByteRange \[0 (\d+) +(\d+) +(\d+) *\]/u.exec(signed.toString('latin1')) ?? []).map(Number);
  if (a === undefined || b === undefined || c === undefined) throw new Error('nothing is signed');
  const covered = Buffer.concat([signed.subarray(0, a), signed.subarray(b, b + c)]);
  const content = Buffer.from(signed.toString('latin1', a + 1, b - 1), 'hex');
  const [whole] = valuesIn(content.subarray(0, content.readUInt16BE(2) + 4));
  const inside = (value: Buffer | undefined): Buffer[] => valuesIn(value ?? Buffer.alloc(0)).map((each) => each.content);
  const [, , , certificates, signers] = inside(inside(inside(whole?.content)[1])[0]);
  const [, , , attributes, , signature] = inside(inside(signers)[0]);
  return { ends: b + c, covered, certificate: new X509Certificate(certificates ?? Buffer.alloc(0)), attributes: attributes ?? Buffer.alloc(0), signature: signature ?? Buffer.alloc(0) };
}
const holds = (signed: Buffer): boolean => {
  const { covered, certificate, attributes, signature } = readSignature(signed);
  const set = Buffer.concat([Buffer.from([0x31, ...(attributes.length < 128 ? [attributes.length] : [0x81, attributes.length])]), attributes]);
  return attributes.includes(createHash('sha256').update(covered).digest()) && attributes.includes(createHash('sha256').update(certificate.raw).digest()) && verify('sha256', set, certificate.publicKey, signature);
};

describe('the platform’s signature on a signed copy', () => {
  it('covers every byte of the file but itself, by the key of its certificate', async () => {
    const { pdf, signed } = await sealed();
    expect(signed.subarray(0, pdf.length).equals(pdf)).toBe(true);
    expect(readSignature(signed).ends).toBe(signed.length);
    expect(holds(signed)).toBe(true);
    expect(signed.toString('latin1')).toContain('/SubFilter /ETSI.CAdES.detached');
  });

  it.each([
    ['in the contract', (signed: Buffer) => signed.indexOf('endstream') - 10],
    ['in what was added', (signed: Buffer) => signed.lastIndexOf('/T (Seal)') + 4],
  ])('does not hold once a byte is another %s', async (_, at) => {
    const { signed } = await sealed();
    signed[at(signed)] = (signed[at(signed)] ?? 0) ^ 1;
    expect(holds(signed)).toBe(false);
  });

  it('is the same whenever it is written', async () => {
    const [first, second] = [await sealed(), await sealed()];
    expect(first.signed.equals(second.signed)).toBe(true);
  });

  it('is found good by readers (poppler’s pdfsig, where there is one)', async () => {
    if (spawnSync('pdfsig', ['-v']).error !== undefined) return;
    const folder = mkdtempSync(join(tmpdir(), 'autobroker-seal-'));
    try {
      const { signed } = await sealed();
      const file = join(folder, 'signed.pdf');
      writeFileSync(file, signed);
      const said = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }).stdout;
      expect(said).toContain('Signature Validation: Signature is Valid.');
      expect(said).toContain('Signature Type: ETSI.CAdES.detached');
      expect(said).toContain('Total document signed');
      const broken = Buffer.from(signed);
      const at = broken.indexOf('endstream') - 10;
      broken[at] = (broken[at] ?? 0) ^ 1;
      writeFileSync(file, broken);
      expect(spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }).stdout).not.toContain('Signature is Valid.');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the key', () => {
  it('is not the public one in production', () => {
    expect(() => loadConfig(sealConfig, { NODE_ENV: 'production' })).toThrow(/DOCUMENT_SIGNING_KEY/u);
    expect(loadConfig(sealConfig, { NODE_ENV: 'production', DOCUMENT_SIGNING_KEY: text }).signingKey).toBe(text);
  });

  it('comes as PEM with its certificates, and only with its own', () => {
    const other = readSigningKey(generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
    const pem = key.key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const [own, foreign] = [key.certificates[0]?.toString() ?? '', other.certificates[0]?.toString() ?? ''];
    expect(readSigningKey(`${pem}${own}${foreign}`).certificates).toHaveLength(2);
    expect(readSigningKey(`${pem}${own}`.replaceAll('\n', '\\n')).certificates[0]?.fingerprint256).toBe(key.certificates[0]?.fingerprint256);
    expect(() => readSigningKey(`${pem}${foreign}`)).toThrow('not that of the private key');
    expect(() => readSigningKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'))).toThrow('RSA');
  });
});
