import { normalisePattern, pathOf, patternMatches } from './robots-match';

/** A site's robots.txt, read once and asked often: RFC 9309, and where that leaves room, what Google's crawler is documented to do. */
export interface Robots {
  isAllowed(userAgent: string, url: string): boolean;
  /** Seconds that the site asks to wait between requests; null when it does not say. */
  crawlDelay(userAgent: string): number | null;
  readonly sitemaps: readonly string[];
}

/** RFC 9309 wants at least this much read; what comes after does not count. */
const maxBytes = 500 * 1024;
/** A line longer than eight of the longest usual addresses is cut there. */
const maxLine = 2083 * 8 - 1;

interface Rule {
  readonly allow: boolean;
  readonly pattern: string;
}

interface Group {
  readonly agents: Set<string>;
  everybody: boolean;
  readonly rules: Rule[];
}

type Directive = 'agent' | 'allow' | 'disallow' | 'sitemap' | 'delay';

/** Directives by how their names begin, with the misspellings that are so common that crawlers take them. */
const directives: readonly (readonly [Directive, RegExp])[] = [
  ['agent', /^user(?:-| )?agent/iu],
  ['allow', /^allow/iu],
  ['disallow', /^(?:disallow|dissallow|dissalow|disalow|diasllow|disallaw)/iu],
  ['sitemap', /^site-?map/iu],
  ['delay', /^crawl-?delay/iu],
];

/** Bytes as characters 0–255: lengths and escapes are those of the bytes. */
const toBytes = (text: string) => {
  if (!/[^\x00-\x7f]/u.test(text)) return text;
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
};

const fromBytes = (bytes: string) => new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));

const isSpace = (char: string | undefined) => char !== undefined && ' \t\n\v\f\r'.includes(char);

/** By hand: a pattern that looks for white space at an end is quadratic in white space elsewhere. */
const strip = (text: string) => {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text[start])) start += 1;
  while (end > start && isSpace(text[end - 1])) end -= 1;
  return text.slice(start, end);
};

/** Key and value of a line; a colon that was forgotten may be white space, if it is the only one. */
const keyAndValue = (written: string): readonly [string, string] | null => {
  const line = strip(written.slice(0, maxLine).split('\0', 1)[0]?.split('#', 1)[0] ?? '');
  const colon = line.indexOf(':');
  if (colon !== -1) {
    const key = strip(line.slice(0, colon));
    return key === '' ? null : [key, strip(line.slice(colon + 1))];
  }
  const words = line.split(/[ \t]+/u);
  return words.length === 2 && words[0] !== undefined && words[1] !== undefined ? [words[0], words[1]] : null;
};

const tokenOf = (value: string) => /^[a-z_-]*/iu.exec(value)?.[0].toLowerCase() ?? '';

/** The product token that a caller goes by: of `AutobrokerBot/1.0 (+https://…)` and of `Mozilla/5.0 (compatible; AutobrokerBot/1.0)`. */
const productOf = (userAgent: string) => {
  const compatible = /^Mozilla\/[\d.]+ \(compatible; ([a-z_-]+)/iu.exec(userAgent);
  const product = compatible ?? /^([a-z_-]+)\//iu.exec(userAgent);
  return (product?.[1] ?? userAgent).toLowerCase();
};

const linesOf = (text: string) => {
  // A byte order mark, whole, cut short, or read in the wrong encoding.
  const bytes = toBytes(text.slice(0, maxBytes).replace(/^(?:\uFEFF|\u00EF(?:\u00BB\u00BF?)?|\uFFFD{1,3})/u, '')).slice(0, maxBytes);
  return bytes.split(/\r\n|\n|\r/u);
};

const newGroup = (): Group => ({ agents: new Set(), everybody: false, rules: [] });

const everybody = '*';

const read = (text: string) => {
  const groups: Group[] = [];
  const sitemaps: string[] = [];
  const delays = new Map<string, number>();
  let group: Group | null = null;
  let hasRules = false;
  for (const line of linesOf(text)) {
    const pair = keyAndValue(line);
    if (pair === null) continue;
    const [key, value] = pair;
    const directive = directives.find(([, pattern]) => pattern.test(key))?.[0];
    if (directive === 'agent') {
      if (group === null || hasRules) {
        group = newGroup();
        groups.push(group);
        hasRules = false;
      }
      if (/^\*(?:$|\s)/u.test(value)) group.everybody = true;
      else group.agents.add(tokenOf(value));
    } else if (directive === 'sitemap') {
      if (value !== '' && sitemaps.length < 1_000) sitemaps.push(fromBytes(value));
    } else if (group !== null && (directive === 'allow' || directive === 'disallow')) {
      group.rules.push({ allow: directive === 'allow', pattern: normalisePattern(value) });
      hasRules = true;
    } else if (group !== null && directive === 'delay' && /^\d{1,9}(?:\.\d{1,9})?$/u.test(value)) {
      // It holds for the agents named so far, and it ends no list of agents.
      for (const agent of group.everybody ? [everybody, ...group.agents] : group.agents) delays.set(agent, Math.max(delays.get(agent) ?? 0, Number(value)));
    }
  }
  return { groups, sitemaps, delays };
};

/** How much a rule says of a path: its length; an `index.html` that is allowed also allows its folder. */
const weightOf = (rule: Rule, path: string): number => {
  if (patternMatches(path, rule.pattern)) return rule.pattern.length;
  const slash = rule.pattern.lastIndexOf('/');
  if (!rule.allow || slash === -1 || !rule.pattern.startsWith('/index.htm', slash)) return -1;
  const folder = `${rule.pattern.slice(0, slash + 1)}$`;
  return patternMatches(path, folder) ? folder.length : -1;
};

export const parseRobots = (text: string): Robots => {
  const { groups, sitemaps, delays } = read(text);
  /** Groups that name this agent, all of them as one; those for everybody only when none does. */
  const groupsFor = (userAgent: string) => {
    const product = productOf(userAgent);
    const own = groups.filter((group) => group.agents.has(product));
    return own.length > 0 ? own : groups.filter((group) => group.everybody);
  };
  return {
    sitemaps,
    isAllowed: (userAgent, url) => {
      const path = toBytes(pathOf(url)).replace(/%[0-9a-f]{2}/giu, (escape) => escape.toUpperCase());
      let allow = 0;
      let disallow = 0;
      for (const rule of groupsFor(userAgent).flatMap((group) => group.rules)) {
        const weight = weightOf(rule, path);
        if (rule.allow) allow = Math.max(allow, weight);
        else disallow = Math.max(disallow, weight);
      }
      return disallow <= allow;
    },
    crawlDelay: (userAgent) => {
      const product = productOf(userAgent);
      return delays.get(groups.some((group) => group.agents.has(product)) ? product : everybody) ?? null;
    },
  };
};
