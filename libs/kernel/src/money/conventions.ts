/** How numbers are written somewhere. */
export interface NumberConvention {
  /** Named groups `units` (with its separators) and `fraction` (bare digits, absent when there are none). */
  readonly pattern: RegExp;
}

type Style = 'comma-point' | 'point-comma' | 'apostrophe-point' | 'blank-comma' | 'blank-or-point-comma' | 'romand';

/** Grouping is all or nothing and always by three: «12.34» is no German number, so it is refused, not read as 1234. */
function convention(group: string, decimal: string): NumberConvention {
  return {
    pattern: new RegExp(`^(?<units>\\d+|[1-9]\\d{0,2}(?:${group}\\d{3})+)(?:${decimal}(?<fraction>\\d*))?$`, 'u'),
  };
}

const styles: Record<Style, NumberConvention> = {
  'comma-point': convention(',', '\\.'),
  'point-comma': convention('\\.', ','),
  'apostrophe-point': convention("['\u2019]", '\\.'),
  'blank-comma': convention(' ', ','),
  'blank-or-point-comma': convention('[ .]', ','),
  // French Switzerland writes amounts with a point and other numbers with a comma, and groups with neither.
  romand: convention("[ '\u2019]", '[.,]'),
};

/** A whole tag first, then its language alone. */
const byTag: Record<string, Style> = {
  en: 'comma-point',
  'en-ZA': 'blank-comma',
  de: 'point-comma',
  'de-AT': 'blank-or-point-comma',
  'de-CH': 'apostrophe-point',
  'de-LI': 'apostrophe-point',
  it: 'point-comma',
  'it-CH': 'apostrophe-point',
  fr: 'blank-comma',
  'fr-CH': 'romand',
  es: 'point-comma',
  'es-MX': 'comma-point',
  'es-US': 'comma-point',
  pt: 'blank-or-point-comma',
  nl: 'point-comma',
  da: 'point-comma',
  sv: 'blank-comma',
  nb: 'blank-comma',
  fi: 'blank-comma',
  pl: 'blank-comma',
  cs: 'blank-comma',
  sk: 'blank-comma',
  hu: 'blank-comma',
  ro: 'point-comma',
  hr: 'point-comma',
  sl: 'point-comma',
  el: 'point-comma',
  bg: 'blank-comma',
  ja: 'comma-point',
};

/** The ways to read a number in a locale: one, or all when no locale is given; `undefined` when it isn't known. */
export function conventionsOf(locale: string | undefined): readonly NumberConvention[] | undefined {
  if (locale === undefined) return Object.values(styles);
  const [language = '', ...rest] = locale.split('-');
  const region = rest.find((part) => /^[A-Z]{2}$/u.test(part));
  const style = (region === undefined ? undefined : byTag[`${language}-${region}`]) ?? byTag[language];
  return style === undefined ? undefined : [styles[style]];
}
