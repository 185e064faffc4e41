import { createHash } from 'node:crypto';
import { ProblemError } from '../errors/problem-error';

const known = new Map<string, string>();

function shortHash(text: string): string {
  const cached = known.get(text);
  if (cached !== undefined) return cached;
  const made = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  if (known.size < 1_000) known.set(text, made);
  return made;
}

/** `"<version>-<hash of fields and include>"`: two selections of one version are two representations. */
export const etagOf = (version: number | string, ...selection: readonly unknown[]): string => {
  const chosen = selection.filter((part) => part !== undefined);
  return `"${version}-${chosen.length === 0 ? '0' : shortHash(JSON.stringify(chosen))}"`;
};

/** For representations without a version of their own. */
export const etagOfText = (text: string | Buffer): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;

// The encoding is part of what a strong tag names, so a compressed answer carries it as a suffix.
const bare = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : tag).replace(/-(?:gzip|br)"$/, '"');

/** RFC 9110 13.1.2: weak comparison over a list. */
export function noneMatch(header: string, etag: string): boolean {
  if (header === etag) return false;
  if (header.trim() === '*') return false;
  const wanted = bare(etag);
  return !header.split(',').some((tag) => bare(tag.trim()) === wanted);
}

const strong = /^"([0-9]{1,15})(?:-[\x21\x23-\x7e]*)?"$/;

/** The version that `If-Match` names; null for `*`. */
export function parseIfMatch(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '') throw new ProblemError('precondition_required');
  const text = header.trim();
  if (text === '*') return null;
  const tags = text.split(',').map((tag) => tag.trim());
  const versions = new Set<number>();
  for (const tag of tags) {
    if (!/^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(tag)) {
      throw new ProblemError('header_invalid', 'If-Match is not a list of entity tags.');
    }
    // A weak tag never matches strongly, and a strong one of another shape is none of ours.
    const match = strong.exec(tag);
    if (match !== null) versions.add(Number(match[1]));
  }
  const [version] = versions;
  if (version === undefined) throw new ProblemError('precondition_failed');
  if (versions.size > 1) throw new ProblemError('header_invalid', 'If-Match names more than one version; send one.');
  return version;
}
