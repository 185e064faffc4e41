/** Everything that can be made to go wrong at one vendor. */
export interface Chaos {
  robots: 'own' | 'allow' | 'disallow' | 'broken' | '500' | 'slow';
  /** Seconds for a Crawl-delay line; 0 leaves it out. */
  crawl_delay: number;
  /** Requests a minute and client address before 429; 0 is without limit. */
  rate_limit: number;
  bot_wall: 'off' | 'captcha' | 'cloudflare' | 'consent';
  delay_ms: number;
  broken_html: boolean;
  changed_selectors: boolean;
  /** Answered instead of the page, for `share` of the requests; 0 is off. */
  status: number;
  share: number;
  garbage: boolean;
  huge: boolean;
  redirect_loop: boolean;
  redirect_to_internal: boolean;
  drop: boolean;
  stall: boolean;
  /** For vendors that send webhooks or take money. */
  duplicate: number;
  reorder: boolean;
  fail_after_commit: boolean;
}

export const calm: Readonly<Chaos> = {
  robots: 'own',
  crawl_delay: 0,
  rate_limit: 0,
  bot_wall: 'off',
  delay_ms: 0,
  broken_html: false,
  changed_selectors: false,
  status: 0,
  share: 1,
  garbage: false,
  huge: false,
  redirect_loop: false,
  redirect_to_internal: false,
  drop: false,
  stall: false,
  duplicate: 0,
  reorder: false,
  fail_after_commit: false,
};

type Read = (value: unknown) => Partial<Chaos> | null;

const flag =
  (name: 'broken_html' | 'changed_selectors' | 'garbage' | 'huge' | 'redirect_loop' | 'redirect_to_internal' | 'drop' | 'stall' | 'reorder' | 'fail_after_commit'): Read =>
  (value) =>
    typeof value === 'boolean' ? { [name]: value } : null;

const number =
  (name: 'crawl_delay' | 'delay_ms' | 'share', max: number): Read =>
  (value) =>
    typeof value === 'number' && value >= 0 && value <= max ? { [name]: value } : null;

const fieldOf = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined);

const robotsChoices = ['own', 'allow', 'disallow', 'broken', '500', 'slow'] as const;
const wallChoices = ['off', 'captcha', 'cloudflare', 'consent'] as const;

/** How each switch is read; null where the value makes no sense. */
const readers: Readonly<Record<keyof Chaos, Read>> = {
  robots: (value) => {
    const choice = robotsChoices.find((one) => one === String(value));
    return choice === undefined ? null : { robots: choice };
  },
  crawl_delay: number('crawl_delay', 3_600),
  rate_limit: (value) => {
    if (value === null || value === false || value === 0) return { rate_limit: 0 };
    const perMinute = typeof value === 'number' ? value : fieldOf(value, 'per_minute');
    return typeof perMinute === 'number' && perMinute > 0 ? { rate_limit: perMinute } : null;
  },
  bot_wall: (value) => {
    const choice = wallChoices.find((one) => one === (value === false ? 'off' : value));
    return choice === undefined ? null : { bot_wall: choice };
  },
  delay_ms: number('delay_ms', 600_000),
  broken_html: flag('broken_html'),
  changed_selectors: flag('changed_selectors'),
  status: (value) => {
    if (value === null || value === false || value === 0) return { status: 0, share: 1 };
    const code = typeof value === 'number' ? value : (fieldOf(value, 'code') ?? fieldOf(value, 'status'));
    const share = fieldOf(value, 'share');
    if (typeof code !== 'number' || !Number.isInteger(code) || code < 200 || code > 599) return null;
    if (share === undefined) return { status: code };
    return typeof share === 'number' && share >= 0 && share <= 1 ? { status: code, share } : null;
  },
  share: number('share', 1),
  garbage: flag('garbage'),
  huge: flag('huge'),
  redirect_loop: flag('redirect_loop'),
  redirect_to_internal: flag('redirect_to_internal'),
  drop: flag('drop'),
  stall: flag('stall'),
  duplicate: (value) => (typeof value === 'boolean' ? { duplicate: value ? 1 : 0 } : typeof value === 'number' && value >= 0 && value <= 10 ? { duplicate: value } : null),
  reorder: flag('reorder'),
  fail_after_commit: flag('fail_after_commit'),
};

export type ChaosWish = { readonly change: Partial<Chaos>; readonly reset: boolean } | { readonly refused: readonly string[] };

const isSwitch = (name: string): name is keyof Chaos => name in readers;

/** Reads the switches of a control request; every bad one is named. */
export function readChaos(given: Readonly<Record<string, unknown>>): ChaosWish {
  const refused: string[] = [];
  const change: Partial<Chaos> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name === 'vendor' || name === 'reset') continue;
    const read = isSwitch(name) ? readers[name](value) : null;
    if (read === null) refused.push(isSwitch(name) ? `${name}: not a value that it takes` : `${name}: no such switch`);
    else Object.assign(change, read);
  }
  return refused.length > 0 ? { refused } : { change, reset: given['reset'] === true };
}
