/** What an amount is, by the words around it. `other`: money, but not what the car costs. */
export type Role = 'price' | 'net' | 'monthly' | 'from' | 'bid' | 'other';

const any = (...words: readonly string[]): string => words.join('|');

const MONTHLY_AFTER = new RegExp(
  `^[\\s*.,)\\-–†¹²³\\d]{0,4}(?:${any(
    '/\\s?(?:mån|måned|md|mo|mth|month|monat|mois|mese|mes|mnd|maand|mies|wk|week|woche|day|tag|pm)', 'p\\.?\\s?m\\b', 'p\\.?\\s?/?\\s?mnd', 'per\\s?(?:month|maand|week|monat|day)',
    '(?:a|each|every|al|por|par|im|pro)\\s?(?:month|mese|mes|mois|monat|week|tag)', 'mo\\b', 'monthly', 'mtl', 'monatl', 'mensuel', 'mensual', 'mensil', 'maandelijks', 'miesięcznie', 'mies',
    'pcm', 'pw\\b', 'weekly', 'x\\s?\\d{2}', '\\(?(?:incl|inkl)\\.?[^)]{0,20}\\)?\\s?(?:mtl|/\\s?mo)', 'lease', 'leasing', 'rate\\b', 'month\\b', 'est\\.?\\s?/\\s?mo', 'x\\s*$',
  )})`,
  'iu',
);
const OTHER_AFTER = new RegExp(
  `^[\\s*.,)(]{0,3}(?:${any(
    'off\\b', '(?:dealer|manufacturer|customer|factory|cash|instant)\\s?(?:discount|rebate|incentive|saving|bonus)', '(?:admin|doc|documentation|dealer|delivery|processing|buyer|service|finance|option)(?:istration)?\\s?fees?\\b', 'below', 'under(?: market)?\\b', 'above', 'over market', 'less\\b', 'more than', 'deposit', 'down\\b', 'down payment', 'discount', 'sav(?:ing|ed)', 'cash ?back', 'rebate', 'fee\\b', 'fees\\b', 'price drop',
    'rabatt', 'ersparnis', 'günstiger', 'unter (?:upe|uvp|neupreis|marktpreis)', 'nachlass', 'anzahlung', 'gespart', 'weniger', 'überführung', 'zulassung', 'kaution', 'neupreis', 'np\\b', 'uvp', 'upe',
    "d['’]apport", "d['’]économie", 'de remise', 'de réduction', 'moins cher', 'd[ie] (?:anticipo|sconto|risparmio)', 'de (?:descuento|entrada|ahorro)', 'korting', 'voordeel', 'taniej', 'rabatu',
    'msrp', 'rrp', 'when new', 'new\\b', 'shipping', 'delivery', 'transport', 'tax\\b', 'road tax', 'trade.?in', 'part.?ex', 'bid\\b', 'reserve', 'lower', 'price (?:cut|reduction)', 'worth', 'spent', 'invested', 'excess',
    '/\\s?(?:year|yr|jahr|an\\b|anno|año|jaar|rok)', '(?:per|pro|a)\\s?(?:year|annum|jahr|anno)', 'p\\.?\\s?a\\b', 'im jahr', 'jährlich', 'apr\\b', 'due (?:at|up|today|now)', 'at signing', 'initial', 'up ?front', 'drive.?off', 'first payment', 'sonderzahlung',
  )})`,
  'iu',
);

const END = '[\\s:=\\-–*(>"“„.]{0,6}(?:of|up to|to|by|a|ein(?:er|e)?|de|di|von|um|bis zu|i?s|are|was|at|only|nur|just|from|ab|as low as|starting at|:|approx\\.?|ca\\.?|over|about)?[\\s:=\\-–*("]{0,4}$';

const MONTHLY_BEFORE = new RegExp(
  `(?:${any(
    'monthly(?: (?:payment|rate|price|cost))?', 'payments?', 'per month', 'monatsrate', 'monatliche? rate', 'monatlich', '(?:leasing|finanzierungs|finanz)?rate(?: ab)?', 'mtl\\.?(?: rate)?(?: ab)?', 'leas(?:e|ing)(?: (?:from|for|ab|rate))?',
    'financ(?:e|ing|ement)(?: (?:from|for|ab))?', 'finanzierung(?: ab)?', 'mensualit[ée]s?', 'loyer', 'rata(?: mensile| da)?', 'cuota(?: mensual)?', 'al mes', 'maandbedrag', 'per maand', 'rata miesięczna', 'hp from', 'pcp(?: from)?', 'est\\.?(?:imated)? payment', 'pay(?:ing)?', 'p/?c?m', 'months? (?:at|of|x|@)', 'mo\\.? (?:at|of|x|@)',
  )})${END}`,
  'iu',
);
const OTHER_BEFORE = new RegExp(
  `(?:^|[^\\p{L}])(?:${any(
    'sav(?:e|ing|ings)', 'you save', 'off', 'discount(?:ed by)?', 'deposit', 'min(?:imum)? deposit', 'down(?: payment)?', 'm\\.?s\\.?r\\.?p\\.?', 'rrp', 'r\\.r\\.p\\.?', 'list(?: price)?(?: new)?', 'sticker(?: price)?', 'was', 'were', 'old price', 'previous(?: price|ly)?', 'before', 'originally', 'original price',
    'new price', 'price (?:when )?new', 'cost(?: when)? new', 'new cost', '(?:reduced|dropped|lowered|cut) by', 'price (?:drop|cut|reduction)', 'drop', 'retail(?: value)?', 'est(?:\\.|imated)?(?: retail)? value', 'retail', 'acv', 'actual cash value', 'market (?:value|average|price)', 'avg\\.?(?: market)?(?: price)?', 'average(?: price)?', 'imv', 'kbb(?: value)?', 'nada', 'book value', 'repair(?: cost| est\\w*)?', 'value', 'valued',
    '(?:doc|dealer|admin|processing|destination|buyer|service|auction)?\\s?fees?', 'shipping', 'delivery', 'freight', 'destination', 'road tax', 'tax', 'vat', 'trade.?in', 'worth', 'spent', 'invested', 'insurance', 'warranty', 'cash ?back', 'rebate', 'bonus', 'incentives?', 'excess', 'includ(?:es|ing)', 'incl\\.?', 'after', 'less', 'minus', 'plus',
    'statt', 'vorher', 'bisher(?:iger preis)?', 'alter preis', 'ehemalig\\w*(?: preis)?', 'uvp', 'upe', 'u\\.?v\\.?p\\.?', 'unverb\\w*\\.? preisempf\\w*', 'preisempfehlung', 'neupreis', 'np', 'neuwert', 'listenpreis', 'ersparnis', 'sparen(?: sie)?', 'spar', 'gespart', 'rabatt', 'nachlass', 'preisvorteil', 'preisvorteil', 'anzahlung', 'schlussrate', 'gesamtbetrag', 'nettodarlehensbetrag', 'kreditbetrag', 'darlehens?\\w*', 'überführung\\w*', 'zulassung\\w*', 'kaution', 'kfz.?steuer', 'steuer', 'inzahlung\\w*', 'reduziert um', 'umweltbonus', 'prämie', 'mwst', 'marktpreis', 'marktwert', 'restwert', 'reparatur\\w*',
    'au lieu de', 'ancien prix', 'prix (?:neuf|catalogue)', 'valeur(?: neuf)?', 'apport', 'remise', 'économie', 'frais', 'caution', 'invece di', 'anziché', 'prezzo (?:di listino|nuovo)', 'listino', 'anticipo', 'sconto', 'risparmi\\w*', 'valore', 'bollo', 'antes', 'precio (?:nuevo|anterior|financiado con)', 'entrada', 'descuento', 'ahorr\\w+', 'valor', 'nieuwprijs', 'cataloguswaarde', 'catalogusprijs', 'aanbetaling', 'korting', 'inruil', 'zamiast', 'było', 'zaliczka', 'wpłata', 'zniżka', 'wartość', 'cena katalogowa', 'total (?:payable|amount|cost of credit|credit)', 'amount of credit', 'optional (?:final )?payment', 'balloon', 'loan amount', 'amount financed',
  )})${END}`,
  'iu',
);
const BID_BEFORE = /(?:^|[^\p{L}])(?:(?:starting|current|high(?:est)?|opening|winning|min(?:imum)?|last|pre-?|your|next|max) ?bid|bid(?: now| to)?|reserve|startgebot|aktuelles gebot|höchstgebot|gebot|mise à prix|enchère(?: actuelle)?|offerta attuale|puja(?: actual)?|bod|huidig bod)[\s:=\-–*(]{0,6}$/iu;
const FROM_BEFORE = /(?:^|[^\p{L}])(?:from|starting (?:at|from)|starts at|as low as|priced from|ab|à partir de|dès|a partire da|da|desde|a partir de|vanaf|od|up to|bis(?: zu)?|under|unter|max\.?|maximum|min\.?|jusqu'à|fino a|hasta|over|über|<|>)[\s:=\-–*(]{0,6}$/iu;

const NET_AFTER = /^[\s*.,)(/-]{0,4}(?:netto|net\b|hors taxe|ht\b|h\.t\.|excl\.? ?(?:btw|vat|mwst|iva)|ex\.? ?vat|iva esclusa|sin iva|e(?:x|ks)k?l?\.? ?(?:moms|mva)|\+ ?iva)/iu;
const NET_BEFORE = /(?:netto(?:preis)?|net price|prix ht|prezzo netto)[\s:=(]{0,4}$/iu;

/** By what follows: the stronger sign, since «£199/month» is a rate whatever was said before. */
export function followingWords(after: string): Role | null {
  const near = after.slice(0, 48);
  if (MONTHLY_AFTER.test(near)) return 'monthly';
  if (OTHER_AFTER.test(near)) return 'other';
  return NET_AFTER.test(near) ? 'net' : null;
}

export function precedingWords(before: string): Role | null {
  const near = before.slice(-48);
  if (MONTHLY_BEFORE.test(near)) return 'monthly';
  if (BID_BEFORE.test(near)) return 'bid';
  if (OTHER_BEFORE.test(near)) return 'other';
  if (NET_BEFORE.test(near)) return 'net';
  return FROM_BEFORE.test(near) ? 'from' : null;
}
