/** As much of ASN.1's distinguished encoding as a certificate needs. */

function lengthOf(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const bytes: number[] = [];
  for (let left = size; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return Buffer.from([0x80 + bytes.length, ...bytes]);
}

export const tagged = (tag: number, ...contents: readonly Buffer[]): Buffer => {
  const inside = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(inside.length), inside]);
};

export const sequence = (...contents: readonly Buffer[]): Buffer => tagged(0x30, ...contents);
export const set = (...contents: readonly Buffer[]): Buffer => tagged(0x31, ...contents);
export const nothing = Buffer.from([0x05, 0x00]);
export const yes = Buffer.from([0x01, 0x01, 0xff]);
export const octets = (inside: Buffer): Buffer => tagged(0x04, inside);
export const bits = (inside: Buffer): Buffer => tagged(0x03, Buffer.from([0]), inside);
export const words = (text: string): Buffer => tagged(0x0c, Buffer.from(text, 'utf8'));

/** A number that is not negative: a leading bit would say so. */
export const integer = (bytes: Buffer): Buffer => tagged(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);

export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part % 128];
    for (let left = Math.floor(part / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left % 128) + 128);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}

/** Years to 2049 have two digits, later ones four. */
export const time = (at: Date): Buffer => {
  const digits = `${at.toISOString().slice(0, 19).replace(/[-T:]/gu, '')}Z`;
  return at.getUTCFullYear() < 2_050 ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits));
};
