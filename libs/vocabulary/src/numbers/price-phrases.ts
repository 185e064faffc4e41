const ON_REQUEST = new RegExp(
  [
    'on request', 'upon request', 'on application', '\\bp\\.?o\\.?a\\.?\\b', '\\bp\\.?o\\.?r\\.?\\b', '\\bt\\.?b\\.?[ac]\\b', '(?:call|contact|ask|e-?mail|message|inquire|enquire|text|see)(?: (?:us|me|dealer|seller|the dealer))?(?: (?:for|about|to get))(?: (?:a|the|our|your|best|current|internet|e-?))*.?price', '(?:request|get|unlock|check|view)(?: (?:a|the|our|your|best|internet|e-?))* ?price', 'no price', 'price not (?:listed|available)', 'not priced', '^\\s*(?:call|contact|inquire|enquire)(?: (?:us|dealer|seller|for details|now))?\\W*$', 'contact (?:us|dealer|seller)\\b(?! on)', 'make (?:an )?offer',
    '^\\W*(?:price\\W*)?(?:please )?call\\W*$', 'auf anfrage', 'preis anfragen', 'auf nachfrage', 'preis (?:nach|auf) (?:vereinbarung|absprache)', '^\\W*(?:vb|vhb|verhandlungsbasis|verhandelbar|preis vb)\\W*$', 'zu verschenken', 'preis folgt',
    'sur demande', 'nous consulter', 'prix à débattre\\W*$', 'nous contacter', 'su richiesta', 'trattativa (?:riservata|privata)', 'contattare', 'prezzo da (?:concordare|definire)', 'a consultar', 'consultar(?: precio)?', 'precio (?:bajo consulta|a convenir)', 'op aanvraag', 'n\\.?o\\.?t\\.?k\\.?', 'prijs op', 'bieden\\W*$', 'na zapytanie', 'do uzgodnienia', 'zapytaj o cenę', 'cena do negocjacji\\W*$',
  ].join('|'),
  'iu',
);

export const isOnRequest = (text: string): boolean => ON_REQUEST.test(text);

/** Words that may stand beside a bare amount and leave it the price of the car. */
const PLAIN_BEFORE = /^[\s\u00a0(*]*(?:(?:asking|selling|sale|fixed|buy it now|buy now|cash|internet|our|list|today'?s?|total|final|now|final|only|just|reduced to|end|fest|kauf|verkaufs|gesamt|bar)?[ -]?(?:price|preis|prix|prezzo|precio|prijs|vraagprijs|cena|vb|vhb|fp|festpreis|asking|amount|now|only)?[\s:=.\u00a0-]*)$/iu;
const PLAIN_AFTER = /^(?:[.,](?:[-\u2010-\u2015\u2212]{1,2}|00)?)?[\s\u00a0(*]*(?:o\.?n\.?o\.?|o\.?b\.?o\.?|o\.?v\.?n\.?o\.?|neg(?:otiable)?|firm|cash|vb|vhb|fp|fix|fest(?:preis)?|verhandelbar|ttc|inkl?\.? ?mwst\.?|incl\.? ?(?:vat|btw|mwst)|iva (?:incl(?:usa|uida|\.)?)|trattabili?|negociable|à débattre|ferme|do negocjacji|brutto|-|or (?:best|nearest) offer)?[\s\u00a0)*.!-]*$/iu;

/** Nothing around a bare number says that it is anything but an amount. */
export const plainPriceField = (before: string, after: string): boolean => PLAIN_BEFORE.test(before) && PLAIN_AFTER.test(after);
