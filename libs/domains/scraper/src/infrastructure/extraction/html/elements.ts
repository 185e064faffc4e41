/** Facts of HTML that building a tree needs. */
const words = (text: string) => text.split(' ');

export const voids: ReadonlySet<string> = new Set(words('area base br col embed hr img input link meta param source track wbr frame basefont keygen'));

/** Elements that stand for themselves in the flow: an inline close tag does not reach over them. */
export const blocks: ReadonlySet<string> = new Set(
  words(
    'address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup html li main menu nav ol option p pre section select summary table tbody td template tfoot th thead title tr ul',
  ),
);

/** A close tag inside does not close what is outside. */
export const barriers: ReadonlySet<string> = new Set(words('table td th caption template'));

const flow = words(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section table ul li dd dt td th tr tbody',
);

/** What closes an open element that stands on top. */
export const closedBy: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['p', new Set(flow)],
  ['head', new Set(words('body main div section article header footer table'))],
  ['thead', new Set(words('tbody tfoot'))],
  ['tbody', new Set(words('tbody tfoot'))],
  ['td', new Set(words('td th tr tbody tfoot'))],
  ['th', new Set(words('td th tr tbody tfoot'))],
  ['tr', new Set(words('tr tbody tfoot'))],
  ['option', new Set(words('option optgroup'))],
  ['optgroup', new Set(words('optgroup'))],
]);
