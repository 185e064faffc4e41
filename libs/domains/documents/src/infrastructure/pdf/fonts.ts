import { readFileSync } from 'node:fs';

const files = {
  regular: '@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  bold: '@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  // Know far more scripts, for names that the others can't write.
  fallback: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  fallback_bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
  korean: '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf',
  korean_bold: '@expo-google-fonts/nanum-gothic/700Bold/NanumGothic_700Bold.ttf',
  // Chinese, and Japanese with its syllables.
  han: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  han_bold: '@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf',
} as const;

export type FontName = keyof typeof files;
export const fontNames = Object.keys(files) as FontName[];

/** What a text is written in: each sign in the first that knows it. */
export const chains: Readonly<Record<'regular' | 'bold', readonly [FontName, ...FontName[]]>> = {
  regular: ['regular', 'fallback', 'korean', 'han'],
  bold: ['bold', 'fallback_bold', 'fallback', 'korean_bold', 'han_bold'],
};

const hangul = /\p{Script=Hangul}/u;
/** With the punctuation and the wide letters that are written among them. */
const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u;
/** What the large ones are for: they are not read for any other sign. */
export const writes: Readonly<Partial<Record<FontName, RegExp>>> = { korean: hangul, korean_bold: hangul, han, han_bold: han };

const loaded = new Map<FontName, Buffer>();

/** Read once by each thread that writes documents. */
export function fontBytes(name: FontName): Buffer {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const bytes = readFileSync(require.resolve(files[name]));
  loaded.set(name, bytes);
  return bytes;
}
