import { type FontName, fontBytes } from './fonts';

interface Face {
  readonly signs: ReadonlySet<number>;
  /** Above the base line, for a size of one. */
  readonly ascent: number;
}

const faces = new Map<FontName, Face>();

export function faceOf(name: FontName): Face {
  const known = faces.get(name);
  if (known !== undefined) return known;
  const face = readFace(fontBytes(name));
  faces.set(name, face);
  return face;
}

export const knows = (name: FontName, sign: string): boolean => faceOf(name).signs.has(sign.codePointAt(0) ?? 0);

/** What is needed of a TrueType font, from its own tables: the signs that it has (`cmap`, formats 4 and 12) and its height. */
function readFace(font: Buffer): Face {
  const signs = new Set<number>();
  let [unitsPerEm, ascender] = [1_000, 800];
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const entry = 12 + index * 16;
    const at = font.readUInt32BE(entry + 8);
    const tag = font.toString('latin1', entry, entry + 4);
    if (tag === 'head') unitsPerEm = font.readUInt16BE(at + 18);
    if (tag === 'hhea') ascender = font.readInt16BE(at + 4);
    if (tag !== 'cmap') continue;
    for (let each = 0; each < font.readUInt16BE(at + 2); each++) readSubtable(font, at + font.readUInt32BE(at + 4 + each * 8 + 4), signs);
  }
  return { signs, ascent: ascender / unitsPerEm };
}

function readSubtable(font: Buffer, at: number, found: Set<number>): void {
  const format = font.readUInt16BE(at);
  if (format === 12) {
    const groups = font.readUInt32BE(at + 12);
    for (let group = 0; group < groups; group++) {
      const from = font.readUInt32BE(at + 16 + group * 12);
      const to = font.readUInt32BE(at + 20 + group * 12);
      for (let code = from; code <= to; code++) found.add(code);
    }
  }
  if (format === 4) {
    const segments = font.readUInt16BE(at + 6) / 2;
    for (let segment = 0; segment < segments; segment++) {
      const to = font.readUInt16BE(at + 14 + segment * 2);
      const from = font.readUInt16BE(at + 16 + segments * 2 + segment * 2);
      for (let code = from; code <= to && code < 0xffff; code++) found.add(code);
    }
  }
}
