import { attr, closest, isElement, marksOf, type Element } from '../html/dom';

const asideMarks =
  /similar|recommend|related|also-?like|suggest|recently|carousel(?!.*(?:gallery|image))|more-from|other-?(?:cars|ads|vehicles)|upsell|cross-?sell|sponsor|promoted|footer|cookie|consent|calculator|(?:^|[\s_-])calc(?=$|[\s_-])|finanz|financ|leasing|loan|insurance|trade-?in|newsletter|breadcrumb|saved-|compare|comparable|price-?(?:history|analysis|evaluation|rating|drop|guide|alert)|market-?(?:price|value)|autosuggest|typeahead|dropdown/u;
const asideNames = new Set(['nav', 'footer', 'aside', 'select', 'option', 'button', 'form', 'dialog']);

/** A part of the page that is not about its own car: similar cars, a calculator, what every page has. */
export const isAside = (element: Element): boolean => closest(element, (around) => (asideNames.has(around.name) && around.name !== 'form' && around.name !== 'button') || (around.name !== 'body' && around.name !== 'html' && asideMarks.test(marksOf(around)))) !== null;

/** Unmistakable wherever they stand in a name. */
const otherMoney =
  /month|financ|finanz|(?<!p)leas(?:e|ing)|msrp|strike|crossed|line-?through|previous|original|discount|saving|reduc|deposit|estimat|average|down-?payment|(?<!price-)(?:shipping|delivery)|incentive|rebate|compare|history|analysis|rating|invoice|budget|insur|warranty|retail|netto|statt|uvp|rrp|(?:old|was|min|max|from|per|net|drop|tax|market|trade-?in)-?price|price-?(?:old|was|min|max|from|drop|range|per|label)/u;
/** Only as words of their own: `wrapper`, `bold`, `minivan` and `autotrader` hold some of them. */
const otherWords = new Set(['was', 'old', 'save', 'drop', 'fee', 'fees', 'tax', 'taxes', 'market', 'rate', 'rates', 'per', 'before', 'min', 'max', 'range', 'filter', 'filters', 'slider', 'label', 'badge', 'badges', 'trade', 'tradein', 'reserve', 'bid', 'bids', 'secondary', 'from', 'net', 'mtl', 'mo', 'approx', 'ex', 'exvat', 'excl']);

/** Names as words: separators and capitals part them. Not lower case yet. */
const namesOf = (element: Element): string => ['class', 'id', 'data-testid', 'data-test', 'data-cmp', 'data-qa', 'itemprop', 'aria-label', 'name'].map((name) => attr(element, name) ?? '').join(' ');
const wordsIn = (names: string): readonly string[] => names.replace(/([a-z\d])([A-Z])/gu, '$1-$2').toLowerCase().split(/[^a-z\d]+/u);

/** An element that says by its name that its money is not what the car costs. */
export const isOtherMoney = (element: Element): boolean => {
  let around: Element | null = element;
  for (let up = 0; around !== null && up < 4; up += 1) {
    if (around.name === 'del' || around.name === 's' || around.name === 'strike') return true;
    if (around.name === 'body' || around.name === 'html' || around.name === 'main') break;
    const names = namesOf(around);
    if (otherMoney.test(names.toLowerCase()) || wordsIn(names).some((word) => otherWords.has(word)) || /line-through/u.test(attr(around, 'style') ?? '')) return true;
    around = isElement(around.parent) ? around.parent : null;
  }
  return false;
};

const frameNames = new Set(['header', 'footer', 'nav', 'dialog']);
const consentMarks = /(?:^|[\s_-])(?:cookies?|consent|gdpr|dsgvo|cmp|cmpbox|privacy|onetrust|didomi|usercentrics|cookiebot|iubenda|truste?|ccpa|tcf|cc)(?:$|[\s_-])|cookie-?(?:bar|banner|notice|law|wall|info)|consent-?(?:wall|layer|banner|manager)|onetrust|didomi|usercentrics|cookiebot/u;

/** What stands around a page or over it, and is on every page of its site: its frame, and the question about cookies. */
export const isFrame = (element: Element): boolean => frameNames.has(element.name) || (element.name !== 'body' && element.name !== 'main' && consentMarks.test(marksOf(element)));
