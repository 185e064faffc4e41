/** A site's robots.txt, read once and asked often. */
export interface Robots {
  isAllowed(userAgent: string, url: string): boolean;
  /** Seconds that the site asks to wait between requests; null when it does not say. */
  crawlDelay(userAgent: string): number | null;
  readonly sitemaps: readonly string[];
}
