/** What a system that says ISO-8859-1 really writes: Windows-1252, with a question mark for the rest. */
const windows: ReadonlyMap<string, number> = new Map([
  ['€', 0x80],
  ['‚', 0x82],
  ['„', 0x84],
  ['…', 0x85],
  ['‘', 0x91],
  ['’', 0x92],
  ['“', 0x93],
  ['”', 0x94],
  ['•', 0x95],
  ['–', 0x96],
  ['—', 0x97],
]);

export const latin1 = (text: string): Buffer =>
  Buffer.from(
    [...text].map((character) => {
      const code = character.codePointAt(0) ?? 0x3f;
      return windows.get(character) ?? (code < 0x100 ? code : 0x3f);
    }),
  );
