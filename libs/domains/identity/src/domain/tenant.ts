/** Slugs stand in host names and file paths. */
const slugShape = /^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/;
const hostShape = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export const isSlug = (text: string): boolean => slugShape.test(text) && !text.includes('--');

/** Lower case, no port, no trailing dot; null when it can't be a host name. */
export function normaliseHost(text: string): string | null {
  const host = text.trim().toLowerCase().replace(/:\d{1,5}$/, '').replace(/\.$/, '');
  return hostShape.test(host) ? host : null;
}
