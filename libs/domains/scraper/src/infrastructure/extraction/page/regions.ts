import { attr, closest, isElement, marksOf, type Element } from '../html/dom';

const asideMarks =
  /similar|recommend|related|also-?like|suggest|recently|carousel(?!.*(?:gallery|image))|more-from|other-?(?:cars|ads|vehicles)|upsell|cross-?sell|sponsor|promoted|footer|cookie|consent|calculator|finanz|financ|leasing|loan|insurance|trade-?in|newsletter|breadcrumb|saved-|compare|comparable|price-?(?:history|analysis|evaluation|rating|drop|guide|alert)|market-?(?:price|value)|autosuggest|typeahead|dropdown/u;
const asideNames = new Set(['nav', 'footer', 'aside', 'select', 'option', 'button', 'form', 'dialog']);

/** A part of the page that is not about its own car: similar cars, a calculator, what every page has. */
export const isAside = (element: Element): boolean => closest(element, (around) => (asideNames.has(around.name) && around.name !== 'form' && around.name !== 'button') || (around.name !== 'body' && around.name !== 'html' && asideMarks.test(marksOf(around)))) !== null;

const otherMoney =
  /month|finan[cz]|leas|msrp|was[-_ ]|-was|\bwas\b|old|strike|crossed|line-?through|previous|original|discount|saving|save|\bdrop|reduc|deposit|\bfee|tax|estimat|market|average|rate\b|\brate|per-?|finance|before|compare|history|down-?payment|shipping|delivery|incentive|rebate|min|max|range|filter|slider|label|badge|rating|analysis|retail|invoice|trade|budget|reserve|bid|insur|warranty|secondary|from\b|net\b|netto|statt|uvp|rrp/u;

/** An element that says by its name that its money is not what the car costs. */
export const isOtherMoney = (element: Element): boolean => {
  let around: Element | null = element;
  for (let up = 0; around !== null && up < 4; up += 1) {
    if (around.name === 'del' || around.name === 's' || around.name === 'strike') return true;
    if (around.name === 'body' || around.name === 'html' || around.name === 'main') break;
    if (otherMoney.test(marksOf(around)) || /line-through/u.test(attr(around, 'style') ?? '')) return true;
    around = isElement(around.parent) ? around.parent : null;
  }
  return false;
};

const frameNames = new Set(['header', 'footer', 'nav', 'dialog']);
const consentMarks = /(?:^|[\s_-])(?:cookies?|consent|gdpr|dsgvo|cmp|cmpbox|privacy|onetrust|didomi|usercentrics|cookiebot|iubenda|truste?|ccpa|tcf|cc)(?:$|[\s_-])|cookie-?(?:bar|banner|notice|law|wall|info)|consent-?(?:wall|layer|banner|manager)|onetrust|didomi|usercentrics|cookiebot/u;

/** What stands around a page or over it, and is on every page of its site: its frame, and the question about cookies. */
export const isFrame = (element: Element): boolean => frameNames.has(element.name) || (element.name !== 'body' && element.name !== 'main' && consentMarks.test(marksOf(element)));
