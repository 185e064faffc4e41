import { readFileSync } from 'node:fs';

const files = {
  regular: '@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  bold: '@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  // Know far more scripts, for names that the others can't write.
  fallback: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  fallback_bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
} as const;

export type FontName = keyof typeof files;
export const fontNames = Object.keys(files) as FontName[];

/** What a text is written in: each sign in the first that knows it. */
export const chains: Readonly<Record<'regular' | 'bold', readonly [FontName, ...FontName[]]>> = { regular: ['regular', 'fallback'], bold: ['bold', 'fallback_bold', 'fallback'] };

const loaded = new Map<FontName, Buffer>();

/** Read once by each thread that writes documents. */
export function fontBytes(name: FontName): Buffer {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const bytes = readFileSync(require.resolve(files[name]));
  loaded.set(name, bytes);
  return bytes;
}
