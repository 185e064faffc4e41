import { readFileSync } from 'node:fs';

export type FontName = 'regular' | 'bold' | 'fallback';

const files: Readonly<Record<FontName, string>> = {
  regular: '@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  bold: '@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  // Knows far more scripts, for names that the other can't write.
  fallback: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
};

const loaded = new Map<FontName, Buffer>();

/** Read once by each thread that writes documents. */
export function fontBytes(name: FontName): Buffer {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const bytes = readFileSync(require.resolve(files[name]));
  loaded.set(name, bytes);
  return bytes;
}
