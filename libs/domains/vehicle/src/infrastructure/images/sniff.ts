export type ImageKind = 'jpeg' | 'png' | 'webp' | 'avif';

const startsWith = (bytes: Buffer, at: number, text: string): boolean => bytes.toString('latin1', at, at + text.length) === text;

/**
 * What a file is by its first bytes; names and declared types say nothing. `null` for everything that we don't take:
 * SVG above all, which is a program that a browser would run.
 */
export function sniffImage(bytes: Buffer): ImageKind | null {
  if (bytes.length < 16) return null;
  if (startsWith(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return 'webp';
  if (startsWith(bytes, 4, 'ftypavif') || startsWith(bytes, 4, 'ftypavis')) return 'avif';
  return null;
}
