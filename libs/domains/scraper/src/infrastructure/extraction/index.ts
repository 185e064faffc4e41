export { extractPage } from './extract-page';
export { extractWith } from './extract-with';
export { parseFeed } from './feeds/feed';
export { parseSitemap } from './feeds/sitemap';
export { extractFile, type ExtractedLine } from './extract-file';
export type * from './types';
