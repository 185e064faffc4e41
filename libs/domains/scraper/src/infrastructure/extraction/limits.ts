/** What a stranger's page may cost. Whatever is beyond is cut and said so in the reasons. */
export const limits = {
  /** Bytes of a page that are read at all, after unpacking. */
  pageBytes: 24 * 1024 * 1024,
  /** Bytes of a feed or a sitemap, which may be 50 MB by its protocol. */
  feedBytes: 64 * 1024 * 1024,
  /** Characters of a text that becomes a tree. Real pages are below 3 million. */
  htmlChars: 8_000_000,
  jsonChars: 24_000_000,
  treeDepth: 300,
  /** A vehicle feed is a long list of small elements. */
  feedNodes: 3_000_000,
  treeNodes: 120_000,
  attributes: 300,
  scripts: 2_000,
  jsonDepth: 200,
  /** Values of one page's JSON that are looked at. */
  jsonValues: 400_000,
  listings: 1_000,
  textChars: 20_000,
  images: 200,
} as const;
