/** What a stranger's page may cost. Whatever is beyond is cut and said so in the reasons. */
export const limits = {
  /** Bytes of a body that are read at all, after unpacking. */
  bodyBytes: 64 * 1024 * 1024,
  /** Characters of a text that becomes a tree. Real pages are below 3 million. */
  htmlChars: 8_000_000,
  jsonChars: 64_000_000,
  treeDepth: 400,
  treeNodes: 400_000,
  attributes: 300,
  scripts: 2_000,
  jsonDepth: 200,
  /** Values of one page's JSON that are looked at. */
  jsonValues: 400_000,
  listings: 1_000,
  textChars: 20_000,
  images: 200,
} as const;
